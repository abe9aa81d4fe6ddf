// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Synchronization

/// Certificates that are their own name: "www.example.org" is a leaf for that name, "www.example.org 2" another one.
final class TextMaterial: CertificateReading, KeyMaking, Sealing {
    private let keys = Mutex(0)
    /// What happens while a key is made, which takes its time.
    private let interlude = Mutex<(@Sendable () async throws -> Void)?>(nil)

    func whileMakingAKey(_ body: @escaping @Sendable () async throws -> Void) { interlude.withLock { $0 = body } }

    func name(_ text: String) throws(MaterialError) -> SubjectAlternativeName { .dnsName(text) }

    func signingRequest(_ bytes: Data) throws(MaterialError) -> CertificateSigningRequest {
        CertificateSigningRequest(der: bytes)
    }

    func facts(of request: CertificateSigningRequest) throws(MaterialError) -> SigningRequestFacts {
        throw MaterialError("this material reads no signing requests")
    }

    func facts(of certificate: Data) throws(MaterialError) -> CertificateFacts {
        let text = String(decoding: certificate, as: UTF8.self)
        guard let name = text.split(separator: " ").first.map(String.init) else { throw MaterialError("it is empty") }
        return CertificateFacts(
            commonName: name, alternativeNames: [.dnsName(name)], serialNumber: Self.serial(of: text), subject: name,
            issuer: "CN=Scripted", notBefore: Date(timeIntervalSince1970: 1_767_000_000),
            notAfter: Date(timeIntervalSince1970: 1_799_000_000), sha256: "sha256 of \(text)",
            publicKey: PublicKeyDigest("key of \(text)"), keyAlgorithm: .ecP256)
    }

    static func serial(of text: String) -> SerialNumber {
        SerialNumber(text.utf8.map { String($0, radix: 16) }.joined())
    }

    func arrange(
        _ chain: CertificateChain, leaf: PublicKeyDigest?
    ) throws(MaterialError) -> CertificateChain { chain }

    func makeKey(_ algorithm: KeyAlgorithm) async throws(MaterialError) -> PrivateKey {
        let meanwhile = interlude.withLock { interlude in
            defer { interlude = nil }
            return interlude
        }
        do { try await meanwhile?() } catch { throw MaterialError("\(error)") }
        let number = keys.withLock {
            $0 += 1
            return $0
        }
        return PrivateKey(der: Data(), publicKey: PublicKeyDigest("key \(number)"), algorithm: algorithm)
    }

    func signingRequest(
        for names: [SubjectAlternativeName], commonName: String, key: PrivateKey
    ) throws(MaterialError) -> CertificateSigningRequest {
        CertificateSigningRequest(der: Data(key.publicKey.rawValue.utf8))
    }

    func key(_ bytes: Data) throws(MaterialError) -> PrivateKey { throw MaterialError("no key") }
    func seal(_ data: Data, for context: String) throws(MaterialError) -> Data { data }
    func open(_ sealed: Data, for context: String) throws(MaterialError) -> Data { sealed }
}
