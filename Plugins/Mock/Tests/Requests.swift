// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import MockProvider
import PublicCA
import SwiftASN1
import X509
import _CryptoExtras

/// A key and the order for it, as a careful caller would make them.
struct Wish {
    var key: Certificate.PrivateKey
    var request: OrderRequest

    init(
        _ names: String..., profile: String = "Mock DV", key orderKey: String = UUID().uuidString, term: Int = 100,
        privateKey: Certificate.PrivateKey = .init(P256.Signing.PrivateKey()), fields: [String: String] = [:],
        reason: String = ""
    ) throws {
        try self.init(
            names, profile: profile, key: orderKey, term: term, privateKey: privateKey, fields: fields, reason: reason)
    }

    init(
        _ names: [String], profile: String = "Mock DV", key orderKey: String = UUID().uuidString, term: Int = 100,
        privateKey: Certificate.PrivateKey = .init(P256.Signing.PrivateKey()), fields: [String: String] = [:],
        reason: String = ""
    ) throws {
        self.key = privateKey
        let alternativeNames = names.map { PublicCA.SubjectAlternativeName(normalized: $0) }
        request = OrderRequest(
            key: OrderKey(orderKey), signingRequest: try Self.signingRequest(names, privateKey),
            commonName: names[0], alternativeNames: alternativeNames, profile: ProfileID(profile), term: term,
            fields: fields, reason: reason)
    }

    static func signingRequest(
        _ names: [String], _ key: Certificate.PrivateKey
    ) throws -> PublicCA.CertificateSigningRequest {
        let isRSA = _RSA.Signing.PublicKey(key.publicKey) != nil
        let csr = try X509.CertificateSigningRequest(
            version: .v1, subject: try DistinguishedName { CommonName(names[0]) }, privateKey: key,
            attributes: .init([
                .init(
                    ExtensionRequest(
                        extensions: .init {
                            SubjectAlternativeNames(names.filter { !$0.contains(":") }.map { .dnsName($0) })
                        }))
            ]), signatureAlgorithm: isRSA ? .sha256WithRSAEncryption : key.usualSignature)
        var serializer = DER.Serializer()
        try serializer.serialize(csr)
        return .init(der: Data(serializer.serializedBytes))
    }
}

extension Certificate.PrivateKey {
    fileprivate var usualSignature: Certificate.SignatureAlgorithm {
        if P384.Signing.PublicKey(publicKey) != nil { return .ecdsaWithSHA384 }
        if P521.Signing.PublicKey(publicKey) != nil { return .ecdsaWithSHA512 }
        return .ecdsaWithSHA256
    }
}

extension MockProvider {
    /// Polls until the order rests, and collects.
    func collect(_ order: OrderReference, atMost polls: Int = 10) async throws -> CertificateSnapshot {
        for _ in 0..<polls {
            if case .issued(let reference) = try await self.order(order).state {
                return try await certificate(reference)
            }
        }
        throw NotIssued(order: order)
    }

    /// Places, collects, and says how the CA knows the result.
    func obtain(_ wish: Wish) async throws -> Predecessor {
        let order = try await place(wish.request)
        let snapshot = try await collect(order)
        guard case .issued(let certificate) = try await self.order(order).state, let serial = snapshot.serialNumber
        else { throw NotIssued(order: order) }
        return Predecessor(
            order: order, certificate: certificate, serialNumber: serial,
            leaf: CertificateChain(certificates: Array((snapshot.chain?.certificates ?? []).prefix(1))))
    }
}

struct NotIssued: Error { var order: OrderReference }

extension CertificateSnapshot {
    /// The certificates as they came.
    var parsed: [Certificate] {
        get throws { try (chain?.certificates ?? []).map { try Certificate(derEncoded: Array($0)) } }
    }
}

/// The failure of a call; `nil` when it succeeds.
func failure<Value>(of call: () async throws(ProviderError) -> Value) async -> ProviderError? {
    do throws(ProviderError) {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}
