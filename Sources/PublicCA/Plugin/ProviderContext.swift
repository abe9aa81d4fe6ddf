// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// All that a provider may touch: no environment, no file, no socket, no logger, no sleeping.
public struct ProviderContext: Sendable {
    /// The account's settings and secrets, read with the plugin's ``SettingKey``s.
    public var settings: ProviderSettings
    /// Sends requests; owned, paced and logged by the host.
    public var transport: any HTTPTransport
    /// A few named blobs of the provider's own, kept sealed by the host.
    public var memory: any ProviderMemory
    /// The engine's date, which in tests is not the machine's.
    public var now: @Sendable () -> Date

    public init(
        settings: ProviderSettings, transport: any HTTPTransport, memory: any ProviderMemory,
        now: @escaping @Sendable () -> Date
    ) {
        self.settings = settings
        self.transport = transport
        self.memory = memory
        self.now = now
    }
}

/// Small blobs that a provider must remember of its own, such as an ACME account key. Sealed at rest.
public protocol ProviderMemory: Sendable {
    /// The blob of this name; `nil` when there is none. Throws `transient` when it cannot be read.
    func recall(_ name: String) async throws(ProviderError) -> RememberedBlob?

    /// Writes a blob if it is still at `version`, where `nil` means that there is none yet.
    ///
    /// Returns false, and writes nothing, when somebody else was faster: recall and try again. Throws `transient` when
    /// it cannot be written.
    func remember(_ data: Data, as name: String, replacing version: Int?) async throws(ProviderError) -> Bool
}

/// A blob and its version.
public struct RememberedBlob: Hashable, Sendable {
    /// As it was remembered.
    public var data: Data
    /// What ``ProviderMemory/remember(_:as:replacing:)`` is told to replace it.
    public var version: Int

    public init(data: Data, version: Int) {
        self.data = data
        self.version = version
    }
}
