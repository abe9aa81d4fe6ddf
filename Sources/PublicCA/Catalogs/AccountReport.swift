// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What a CA says about the account itself.
public struct AccountReport: Hashable, Sendable, Codable {
    /// The CA's words for what the account may do.
    public var roles: [String]
    /// What will not work, or will soon stop working, each as one sentence for the operator.
    public var warnings: [String]
    /// When the credentials run out.
    public var credentialsExpireAt: Date?

    public init(roles: [String] = [], warnings: [String] = [], credentialsExpireAt: Date? = nil) {
        self.roles = roles
        self.warnings = warnings
        self.credentialsExpireAt = credentialsExpireAt
    }
}
