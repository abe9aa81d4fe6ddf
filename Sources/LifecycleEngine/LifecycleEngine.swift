// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel

/// Moves certificates through their lives, the same way for every CA.
///
/// The engine claims due work from the repository, asks a provider one question, and commits the answer, the next step
/// and a journal line together. It holds no state: mutual exclusion is the repository's lease, so that one process and
/// ten hosts run the same code. Commands only write a wish and a work item; ``pass(_:)`` and ``settle(_:within:)`` do
/// the work.
public struct LifecycleEngine: Sendable {
    public let repository: any LifecycleRepository
    let accounts: any AccountOpening
    let material: any CertificateReading & KeyMaking
    let sealing: any Sealing
    /// SHA-256 in lower-case hex.
    let digest: @Sendable (Data) -> String
    /// Brings certificates to where they are served; `nil` where nobody does that here.
    let deploying: (any Deploying)?
    /// Tells people; `nil` where nobody is told.
    let notifying: (any Notifying)?
    let time: EngineTime
    let options: EngineOptions
    let emit: @Sendable (EngineEvent) -> Void

    /// - Parameters:
    ///   - accounts: opens an account's provider.
    ///   - material: reads certificates and makes keys.
    ///   - sealing: keeps private keys and what providers remember.
    ///   - digest: SHA-256 in lower-case hex, for keys that are derived.
    ///   - deploying: brings certificates to where they are served.
    ///   - notifying: delivers messages to people.
    ///   - emit: told of every step; must not block.
    public init(
        repository: any LifecycleRepository, accounts: any AccountOpening,
        material: any CertificateReading & KeyMaking, sealing: any Sealing,
        digest: @escaping @Sendable (Data) -> String,
        deploying: (any Deploying)? = nil, notifying: (any Notifying)? = nil,
        time: EngineTime = .machine, options: EngineOptions = EngineOptions(),
        emit: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) {
        self.repository = repository
        self.accounts = accounts
        self.material = material
        self.sealing = sealing
        self.digest = digest
        self.deploying = deploying
        self.notifying = notifying
        self.time = time
        self.options = options
        self.emit = emit
    }
}
