// SPDX-License-Identifier: Apache-2.0

/// A proof of control of one domain that the CA waits for (DCV; Baseline Requirements §3.2.2.4).
public struct DomainValidation: Hashable, Sendable, Codable {
    /// In A-labels, perhaps with a leading `*.`.
    public var domain: String
    /// The CA's word for the method.
    public var method: String
    /// Where the value has to appear: a DNS name, a URL or an address.
    public var place: String
    /// What has to be found there.
    public var value: String
    /// Whether the CA has seen it and asks no more.
    public var isDone: Bool

    public init(domain: String, method: String, place: String, value: String, isDone: Bool) {
        self.domain = domain
        self.method = method
        self.place = place
        self.value = value
        self.isDone = isDone
    }
}
