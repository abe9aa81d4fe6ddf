// SPDX-License-Identifier: Apache-2.0

/// The plugins of one host: an immutable value, built once, passed on.
public struct ProviderRegistry: Sendable {
    /// In the order of their ids.
    public let plugins: [ProviderPlugin]

    /// Throws when two plugins share an id, and names both.
    public init(_ plugins: [ProviderPlugin]) throws(DuplicateProvider) {
        self.plugins = plugins.sorted { $0.id < $1.id }
        for (first, second) in zip(self.plugins, self.plugins.dropFirst()) where first.id == second.id {
            throw DuplicateProvider(id: first.id, summaries: [first.summary, second.summary])
        }
    }

    /// The plugin of this id; `nil` when this host has none.
    public subscript(id: String) -> ProviderPlugin? { plugins.first { $0.id == id } }
}

/// Two plugins claim one id.
public struct DuplicateProvider: Error, Hashable, Sendable, CustomStringConvertible {
    /// What both call themselves.
    public let id: String
    /// What people know them as, so that both can be found.
    public let summaries: [String]
    /// One line for whoever puts a host together.
    public var description: String {
        "two providers call themselves \"\(id)\": \(summaries.joined(separator: " and "))"
    }
}
