// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Crypto
import Deployments
import Foundation
import HTTPTypes
import LifecycleModel
import PublicCA
import SwiftASN1
import Synchronization
import X509

/// A folder with a target in it, gone afterwards.
final class Bench: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "deployments-\(UUID().uuidString)").path
    let transport: Answering

    /// - Parameter status: what webhooks answer.
    init(_ status: HTTPResponse.Status = .ok) throws {
        transport = Answering(status)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Passwords are the names of their variables.
    func deployments(_ handshakeLimit: Duration = .seconds(60)) -> HostDeployments {
        HostDeployments(
            targets: [], transport: transport, handshakeLimit: handshakeLimit,
            now: { Date(timeIntervalSince1970: 1_800_000_000) }
        ) { source throws(DeploymentFailure) in
            guard case .environment(let name) = source else { throw DeploymentFailure("no variable") }
            return Secret(name)
        }
    }

    func target(_ place: DeploymentTarget.Place) -> DeploymentTarget {
        DeploymentTarget(name: "web", certificates: [], place: place)
    }

    var web: DeploymentTarget { target(.folder(path: "\(folder)/www")) }

    func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)").sorted()
    }

    func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
    }

    func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")[.posixPermissions] as? Int
    }
}

/// Gives one answer to everybody, and keeps what it was asked.
final class Answering: HTTPTransport {
    private let status: HTTPResponse.Status
    private let kept = Mutex<[(request: HTTPRequest, body: Data?)]>([])

    init(_ status: HTTPResponse.Status) { self.status = status }

    var requests: [(request: HTTPRequest, body: Data?)] { kept.withLock { $0 } }

    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        kept.withLock { $0.append((request, body)) }
        return HTTPReply(response: HTTPResponse(status: status), body: Data())
    }
}

extension DeployableCertificate {
    /// A certificate and its root.
    static func made(_ name: String = "www.example.org", password: String? = nil) async throws -> Self {
        let key = try await KeyMaker().makeKey(.ecP256)
        let root = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let rootName = try DistinguishedName { CommonName("Root") }
        let publicKey = try Certificate.PrivateKey(derBytes: Array(key.der)).publicKey
        let leaf = try sign(DistinguishedName { CommonName(name) }, publicKey, rootName, root)
        let chain = CertificateChain(certificates: [leaf, try sign(rootName, root.publicKey, rootName, root)])
        return Self(
            commonName: name, sha256: Fingerprint.sha256(leaf), chain: chain, key: key,
            password: password.map { Secret($0) })
    }

    private static func sign(
        _ subject: DistinguishedName, _ key: Certificate.PublicKey, _ issuer: DistinguishedName,
        _ issuerKey: Certificate.PrivateKey
    ) throws -> Data {
        let start = Date(timeIntervalSince1970: 1_790_000_000)
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key, notValidBefore: start,
            notValidAfter: start.addingTimeInterval(90 * 86_400), issuer: issuer, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256, extensions: Certificate.Extensions(), issuerPrivateKey: issuerKey)
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return Data(serializer.serializedBytes)
    }

    var pem: [String] { chain.certificates.map { PEMText.text("CERTIFICATE", $0) } }
    var keyPEM: String { PEMText.text("PRIVATE KEY", key.der) }
}
