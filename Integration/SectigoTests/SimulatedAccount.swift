// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import HostSupport
import LifecycleModel
import PublicCA
import PublicCATesting
import SCMSimulator
import SectigoProvider
import Synchronization
import Testing

/// An account at a simulated SCM, over the host's own transport.
final class SimulatedAccount: Sendable {
    let simulator: SCMSimulator
    private let folder: URL
    private let memory = TestMemory()
    private let transports: AccountTransports
    /// How far the simulated clock is ahead.
    private let ahead = Mutex(0.0)

    static let password = "master-password"

    enum Login: String, CaseIterable { case password, certificate, key }

    init(_ simulator: SCMSimulator, limits: TransportLimits? = nil) throws {
        self.simulator = simulator
        transports = AccountTransports(environment: [:], limits: limits)
        folder = FileManager.default.temporaryDirectory.appending(path: "scm-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(simulator.rootCertificate.utf8).write(to: folder.appending(path: "root.pem"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// - Parameters:
    ///   - address: of another server.
    ///   - network: instead of the host's own; see ``network``.
    func open(
        _ login: Login = .password, password: String = SimulatedAccount.password, at address: String? = nil,
        over network: (any HTTPTransport)? = nil
    ) throws -> any PublicCAProvider {
        let (values, secrets) = try values(login, password, address)
        let settings = ProviderSettings(values: values, secrets: secrets)
        let context = ProviderContext(
            settings: settings, transport: try network ?? transport(values, secrets), memory: memory,
            now: { self.now })
        return try ProviderPlugin.sectigo.open(context)
    }

    /// The host's way to the simulator.
    var network: any HTTPTransport {
        get throws {
            let (values, secrets) = try values(.password, Self.password, nil)
            return try transport(values, secrets)
        }
    }

    private func transport(_ values: [String: String], _ secrets: [String: Secret]) throws -> any HTTPTransport {
        let account = AccountRecord(
            name: "scm", provider: "sectigo", settings: values, secrets: [:], createdAt: Date())
        return try transports.transport(for: account, ProviderSettings(values: values, secrets: secrets))
    }

    private func values(
        _ login: Login, _ password: String, _ address: String?
    ) throws -> ([String: String], [String: Secret]) {
        var values = [
            "address": address ?? simulator.address + "/api", "extra-root": folder.appending(path: "root.pem").path,
        ]
        var secrets: [String: Secret] = [:]
        switch login {
        case .password:
            values.merge(["user": "master", "customer-uri": "acme"]) { $1 }
            secrets["password"] = Secret(password)
        case .certificate:
            let client = try #require(simulator.clientCertificate(login: "master"))
            let file = folder.appending(path: "client.pem")
            try Data(client.certificate.utf8).write(to: file)
            values.merge(["user": "master", "customer-uri": "acme", "client-certificate": file.path]) { $1 }
            secrets["client-key"] = Secret(client.key)
        case .key:
            values.merge(["client-id": "master-client", "token-address": simulator.tokenAddress]) { $1 }
            secrets["client-secret"] = Secret("master-secret")
        }
        return (values, secrets)
    }

    var now: Date { Date().addingTimeInterval(ahead.withLock { $0 }) }

    func pass(_ duration: Duration) throws {
        let seconds = max(1, duration.components.seconds)
        ahead.withLock { $0 += Double(seconds) }
        _ = try simulator.control("POST", "clock", #"{"advanceSeconds": \#(seconds)}"#)
    }

    func fault(_ json: String) throws { _ = try simulator.control("POST", "faults", json) }

    /// Something to order that was never ordered before.
    func request(_ profile: String, names: [String] = ["api"]) async throws -> OrderRequest {
        let material = Material()
        let label = UUID().uuidString.lowercased().prefix(8)
        let common = "\(label).example.com"
        let all = ([common] + names.map { "\($0).\(common)" }).map { SubjectAlternativeName.dnsName($0) }
        let key = try await material.makeKey(.ecP256)
        return OrderRequest(
            key: OrderKey("pca-\(label)"),
            signingRequest: try material.signingRequest(for: all, commonName: common, key: key), commonName: common,
            alternativeNames: all, profile: ProfileID(profile), organization: OrganizationID("100"), term: 199,
            comments: "for the shop", requesterEmails: ["ops@example.com"])
    }

    /// Everything that was ever ordered, by the serial numbers of its certificates.
    func enrolments() throws -> [[String]] {
        let list = try JSONSerialization.jsonObject(with: Data(try simulator.control("GET", "enrolments").utf8))
        return try #require(list as? [[String: Any]]).map { $0["serialNumbers"] as? [String] ?? [] }
    }
}
