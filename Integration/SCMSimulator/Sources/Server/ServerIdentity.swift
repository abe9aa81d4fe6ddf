// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import NIOSSL
import SwiftASN1
import X509

/// The certificate of the simulator's own HTTPS, and those of the clients that may log in with one.
struct ServerIdentity: Sendable {
    /// What a client has to trust, in PEM.
    let root: String
    let chain: [[UInt8]]
    let key: String
    /// What vouches for clients, in DER.
    let clientRoot: [UInt8]
    /// By login.
    let clients: [String: Client]

    struct Client: Sendable {
        var certificate: String
        var key: String
        var serial: String
    }

    init(administrators: [Administrator], host: String, now: Date) throws {
        let issuer = try Issuer(commonName: "SCM Simulator HTTPS Root", kind: "EC")
        let root = try issuer.vouch(for: issuer, pathLength: nil, days: 3650, now: now)
        let server = try SigningKey(kind: "EC")
        var chance = SystemRandomNumberGenerator()
        func serial() -> [UInt8] { [0x40] + (0..<15).map { _ in UInt8.random(in: 0...255, using: &chance) } }
        func draft(_ key: SigningKey, _ name: String) -> LeafDraft {
            LeafDraft(
                publicKey: key.key.publicKey, isRSA: false, commonName: name, names: [], serial: serial(),
                notBefore: now.addingTimeInterval(-86_400), notAfter: now.addingTimeInterval(86_400 * 365))
        }
        var own = draft(server, "localhost")
        own.names = Array(Set(["localhost", host])).filter { !$0.isEmpty && !$0.contains(":") }
        own.addresses = [
            ASN1OctetString(contentBytes: [127, 0, 0, 1]),
            ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        ]
        chain = [try issuer.sign(own), root]
        key = server.pem
        self.root = PEMText.text([root])
        let clientIssuer = try Issuer(commonName: "SCM Simulator Client Root", kind: "EC")
        clientRoot = try clientIssuer.vouch(for: clientIssuer, pathLength: nil, days: 3650, now: now)
        var clients: [String: Client] = [:]
        for person in administrators where person.clientCertificate ?? false {
            let key = try SigningKey(kind: "EC")
            var draft = draft(key, person.login)
            draft.isForClients = true
            clients[person.login] = Client(
                certificate: PEMText.text([try clientIssuer.sign(draft)]), key: key.pem,
                serial: Hexadecimal.plain(Hexadecimal.text(draft.serial)))
        }
        self.clients = clients
    }

    /// Clients without a certificate are let in, too; one that has a certificate has to have a good one.
    var configuration: TLSConfiguration {
        get throws {
            let certificates = try chain.map { NIOSSLCertificateSource.certificate(try .init(bytes: $0, format: .der)) }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: certificates,
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
            configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: clientRoot, format: .der)])
            configuration.certificateVerification = .optionalVerification
            return configuration
        }
    }
}
