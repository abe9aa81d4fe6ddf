// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel
public import PublicCA

/// How certificates leave this place without their key.
public enum ChainFormat: String, Sendable, CaseIterable {
    /// The whole chain, leaf first, one block each (RFC 7468 §5).
    case pem
    /// The leaf alone: DER has no room for more.
    case der
    /// The whole chain in one PEM block (RFC 7468 §8).
    case pkcs7

    /// - Parameter chain: leaf first.
    public func write(_ chain: CertificateChain) throws(MaterialError) -> Data {
        let leaf = try Keystore.leaf(of: chain)
        switch self {
        case .pem: return Data(chain.certificates.map { PEMText.text("CERTIFICATE", $0) }.joined().utf8)
        case .der: return leaf.der
        case .pkcs7: return Data(PEMText.text("PKCS7", try PKCS7Bag.write(chain.certificates)).utf8)
        }
    }
}
