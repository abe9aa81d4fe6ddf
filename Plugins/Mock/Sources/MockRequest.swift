// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import PublicCA
import SwiftASN1
import X509
import _CryptoExtras

/// What the CA looks at before it takes an order, as real ones do: a caller that checks nothing is refused.
enum MockRequest {
    /// Throws `rejected` with every reason there is.
    static func examine(_ request: OrderRequest) throws(ProviderError) -> MockProfile {
        guard let profile = MockProfile(rawValue: request.profile.rawValue) else {
            throw ProviderError(.rejected, "the mock CA has no profile \"\(request.profile)\"")
        }
        var problems: [String] = []
        if !MockProfile.terms.contains(request.term) { problems.append("a term of \(request.term) days") }
        if request.alternativeNames.isEmpty || request.alternativeNames.count > 100 {
            problems.append("\(request.alternativeNames.count) names")
        }
        if request.comments.count > 1024 { problems.append("comments of \(request.comments.count) characters") }
        if let organization = request.organization,
            !MockCatalogs.organizations.contains(where: { $0.id == organization })
        {
            problems.append("organization \(organization)")
        }
        for field in profile.fields where field.isRequired && (request.fields[field.name] ?? "").isEmpty {
            problems.append("an empty field \(field.name)")
        }
        for case .ipAddress(let address) in request.alternativeNames where IPAddress.octets(address) == nil {
            problems.append("the address \(address)")
        }
        guard problems.isEmpty else {
            throw ProviderError(.rejected, "the mock CA does not take \(problems.joined(separator: ", "))")
        }
        _ = try keyAlgorithm(of: request.signingRequest)
        return profile
    }

    /// Throws `rejected` when it is no signing request, is not signed by its key, or the key is not on offer.
    static func keyAlgorithm(
        of signingRequest: PublicCA.CertificateSigningRequest
    ) throws(ProviderError) -> KeyAlgorithm {
        let request = try read(signingRequest)
        guard request.publicKey.isValidSignature(request.signature, for: request) else {
            throw ProviderError(.rejected, "the signing request is not signed by its own key")
        }
        guard let algorithm = algorithm(of: request.publicKey) else {
            throw ProviderError(.rejected, "the mock CA does not take this kind of key")
        }
        return algorithm
    }

    static func read(
        _ signingRequest: PublicCA.CertificateSigningRequest
    ) throws(ProviderError) -> X509.CertificateSigningRequest {
        do {
            return try X509.CertificateSigningRequest(derEncoded: Array(signingRequest.der))
        } catch {
            throw ProviderError(.rejected, "the mock CA cannot read the signing request")
        }
    }

    private static func algorithm(of key: Certificate.PublicKey) -> KeyAlgorithm? {
        if P256.Signing.PublicKey(key) != nil { return .ecP256 }
        if P384.Signing.PublicKey(key) != nil { return .ecP384 }
        if P521.Signing.PublicKey(key) != nil { return .ecP521 }
        guard let size = _RSA.Signing.PublicKey(key)?.keySizeInBits else { return nil }
        return MockProfile.keyAlgorithms.first { $0.rawValue == "rsa-\(size)" }
    }
}
