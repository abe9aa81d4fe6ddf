// SPDX-License-Identifier: Apache-2.0

/// Whether, and when, a successor is ordered without asking.
public struct AutoRenewal: Hashable, Sendable, Codable {
    public var isEnabled: Bool
    /// How many days before expiry; goes before ``share``.
    public var days: Int?
    /// After which share of the lifetime, from 0 to 1; `nil` for the usual one, see ``RenewalPolicy``.
    public var share: Double?
    /// Renew in the window that the CA suggests (RFC 9773, section 4.2), where it suggests one.
    @Added public var followsCA: Bool
    /// Leave certificates alone whose key is not here. Otherwise they are renewed with a new key, which somebody has to
    /// bring to where the old one is.
    @Added public var onlyWithKey: Bool

    public init(
        isEnabled: Bool = false, days: Int? = nil, share: Double? = nil, followsCA: Bool = false,
        onlyWithKey: Bool = false
    ) {
        self.isEnabled = isEnabled
        self.days = days
        self.share = share
        self.followsCA = followsCA
        self.onlyWithKey = onlyWithKey
    }
}
