// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A PKCS#10 certificate signing request (RFC 2986) in DER. The contract carries bytes; reading them is a port.
public struct CertificateSigningRequest: Hashable, Sendable, Codable {
    /// One CertificationRequest, nothing before or after it.
    public var der: Data
    public init(der: Data) { self.der = der }
}

/// Certificates (RFC 5280) in DER.
///
/// From a provider: in whatever order the CA sent them, strays included. In a record: leaf first, each followed by its
/// issuer.
public struct CertificateChain: Hashable, Sendable, Codable {
    /// One Certificate each; never empty.
    public var certificates: [Data]
    public init(certificates: [Data]) { self.certificates = certificates }
}
