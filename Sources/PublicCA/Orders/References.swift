// SPDX-License-Identifier: Apache-2.0

/// A name that somebody else gave to a thing: kept as it came, compared as text, never taken apart.
public protocol OpaqueName: RawRepresentable<String>, Hashable, Sendable, Codable, CustomStringConvertible {
    /// Takes the text as it is; never fails, and never changes it, but for ``SerialNumber`` which normalises.
    init(rawValue: String)
}

extension OpaqueName {
    /// The name with this text.
    public init(_ text: String) { self.init(rawValue: text) }
    /// The text itself.
    public var description: String { rawValue }
}

/// The CA's name for an order.
public struct OrderReference: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The CA's name for a certificate; at some CAs the same text as the order's.
public struct CertificateReference: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// *Our* name for an order. It is sent along and is the same on every attempt, so that a lost order can be found.
public struct OrderKey: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The CA's name for a product.
public struct ProfileID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The CA's name for an organization or department.
public struct OrganizationID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The CA's name for a domain entry.
public struct DomainID: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// Where a listing goes on. Written and read by one provider; everybody else only keeps it.
public struct PageCursor: OpaqueName {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}
