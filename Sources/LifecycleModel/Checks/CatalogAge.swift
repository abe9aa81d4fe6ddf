// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// How old what a request is checked against is: a mismatch may be younger.
public struct CatalogAge: Hashable, Sendable {
    /// The account that was synced.
    public var account: String
    public var catalog: CatalogKind
    /// When it was last read in full.
    public var readAt: Date
    public var now: Date

    /// What was read so lately is not likely to be older than a mismatch.
    private static let fresh: Duration = .seconds(300)

    public init(account: String, catalog: CatalogKind, readAt: Date, now: Date) {
        self.account = account
        self.catalog = catalog
        self.readAt = readAt
        self.now = now
    }

    /// What to do about a mismatch: the remedy, and another reading where that may do.
    public func hint(_ remedy: String) -> String {
        let age = now.timeIntervalSince(readAt)
        guard age > Double(Self.fresh.components.seconds) else { return remedy }
        let text =
            age < 7200
            ? "\(Int(age / 60)) minutes" : age < 172_800 ? "\(Int(age / 3600)) hours" : "\(Int(age / 86400)) days"
        return "\(remedy), or, as the \(catalog.rawValue) were read \(text) ago, publicca account sync \(account)"
    }
}
