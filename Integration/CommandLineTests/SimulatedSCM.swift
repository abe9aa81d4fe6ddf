// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// The three ways into SCM.
enum SCMLogin: String, CaseIterable { case password, certificate, key }

/// The command with the account `scm`, at a simulator of its own over HTTPS.
func withSCM(
    _ login: SCMLogin = .password, _ settings: String = #"{"tls": true}"#, more: [String] = [],
    _ body: @escaping @Sendable (PublicCACommand, SCMSimulator) async throws -> Void
) async throws {
    try await SCMSimulator.serve(try SimulatorSettings(json: settings)) { simulator in
        let command = try PublicCACommand(environment: ["PASSWORD": "master-password", "SECRET": "master-secret"])
        let added = try await command.run(try command.adding(login, at: simulator) + more)
        try #require(added.status == 0, "\(added.error)")
        try await body(command, simulator)
    }
}

extension PublicCACommand {
    /// Adds the account `scm`.
    func adding(
        _ login: SCMLogin, at simulator: SCMSimulator, user: String = "master", customer: String = "acme"
    ) throws -> [String] {
        try Data(simulator.rootCertificate.utf8).write(to: file("root.pem"))
        let common = [
            "account", "add", "scm", "--provider", "sectigo", "--set", "address=\(simulator.address)/api", "--set",
            "extra-root=\(file("root.pem").path)",
        ]
        let names = ["--set", "user=\(user)", "--set", "customer-uri=\(customer)"]
        switch login {
        case .password: return common + names + ["--secret", "password=env:PASSWORD"]
        case .key:
            return common + [
                "--set", "client-id=\(user)-client", "--secret", "client-secret=env:SECRET", "--set",
                "token-address=\(simulator.tokenAddress)",
            ]
        case .certificate:
            let client = try #require(simulator.clientCertificate(login: user))
            try Data(client.certificate.utf8).write(to: file("client.pem"))
            try Data(client.key.utf8).write(to: file("client-key.pem"))
            return common + names + [
                "--set", "client-certificate=\(file("client.pem").path)", "--secret",
                "client-key=file:\(file("client-key.pem").path)",
            ]
        }
    }

    /// Orders at the account `scm`, with a key that is made quickly.
    func orderAtSCM(_ name: String, _ more: String..., profile: String = "Quick OV") async throws -> Program.Ended {
        try await run(
            [
                "order", "create", "--account", "scm", "--profile", profile, "--organization", "Acme", "--key",
                "ec-p256", "--name", name,
            ] + more)
    }
}

extension SCMSimulator {
    func fault(_ json: String) throws { try control("POST", "faults", json) }

    /// How many calls there were, by method and path: `POST /api/ssl` stands for all that change a certificate.
    func calls(_ beginning: String) throws -> Int {
        let state = try JSONSerialization.jsonObject(with: Data(try control("GET", "state").utf8)) as? [String: Any]
        let counts = try #require(state?["calls"] as? [String: Int])
        return counts.filter { $0.key.hasPrefix(beginning) }.values.reduce(0, +)
    }

    /// Everything that was ever ordered.
    func enrolments() throws -> [[String: Any]] {
        let list = try JSONSerialization.jsonObject(with: Data(try control("GET", "enrolments").utf8))
        return try #require(list as? [[String: Any]])
    }
}
