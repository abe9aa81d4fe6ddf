// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// SCM repeats every credential in whatever it says: afterwards none of them stands anywhere.
struct SCMSecretTests {
    private let password = Canary("the password")
    private let clientSecret = Canary("the client secret")
    private let token = Canary("the access token")
    private let keystore = Canary("the keystore's password")
    private let proxy = Canary("the proxy's password")

    @Test(arguments: SCMLogin.allCases)
    func `no credential is left in what is said and kept, whatever SCM says`(_ login: SCMLogin) async throws {
        let settings = #"{"tls": true, "quirks": {"token": "\#(token.text)"}}"#
        try await SCMSimulator.serve(try SimulatorSettings(json: settings)) { simulator in
            let client = #"{"id": "master-client", "secret": "\#(clientSecret.text)"}"#
            let admin = #"{"id": 1, "password": "\#(password.text)", "client": \#(client)}"#
            try simulator.control("POST", "world", #"{"administrators": [\#(admin)]}"#)
            let key = try #require(simulator.clientCertificate(login: "master")).key
            let repeated: [Canary]
            let typed: String
            switch login {
            case .password: (repeated, typed) = ([password], password.text)
            case .key: (repeated, typed) = ([clientSecret, token], clientSecret.text)
            // What SCM never sees it cannot repeat.
            case .certificate: (repeated, typed) = ([], key)
            }
            let session = try SecretSession(
                canaries: repeated + [keystore, try number(in: key)], environment: ["KEYSTORE": keystore.text])
            try session.logEverything()
            // Typed in, and so kept, sealed.
            let adding = try session.command.adding(login, at: simulator).map { argument in
                let names = ["password=", "client-secret=", "client-key="]
                return names.first { argument.hasPrefix($0) }.map { $0 + "-" } ?? argument
            }
            try await session.run(0, adding, input: typed)
            try await session.run(0, ["account", "show", "scm"])
            try await session.run(0, session.order("first.example.com"))
            for canary in repeated { try await provoke(Echo.texts(canary), session, simulator) }
            try await session.run(0, ["journal"])
            try await session.run(nil, ["status"])
            try await session.run(nil, ["doctor"])
            try await session.command.killWhilePlaced(session.order("last.example.com", "Endless OV"))
            try session.scan()
        }
    }

    /// Has these texts in every kind of answer.
    private func provoke(_ texts: [String], _ session: SecretSession, _ simulator: SCMSimulator) async throws {
        for (index, text) in texts.enumerated() {
            try simulator.fault(try Echo.failure(text, path: "/api/ssl/v1/enroll", status: 400))
            try await session.run(1, session.order("refused-\(index).example.com"))
            // Each has another of them.
            let (status, path) = [(401, "/api"), (302, "/api"), (502, "/api"), (200, "/api"), (401, "/auth")][index % 5]
            try simulator.fault(try Echo.answer(text, path: path, status: status))
            if path == "/auth" { try simulator.control("DELETE", "tokens") }
            try await session.run(nil, ["account", "verify", "scm"])
            try simulator.control("DELETE", "faults")
        }
        try simulator.fault(try Echo.answer(texts[0], path: "/api/organization", status: 400))
        try await session.run(1, ["account", "verify", "scm"])
    }

    /// What makes a key, as it stands in its DER: 32 bytes after the head of an octet string.
    private func number(in pem: String) throws -> Canary {
        let der = try #require(
            Data(base64Encoded: pem.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()))
        let place = try #require(der.range(of: Data([0x04, 0x20]))).upperBound
        return Canary("the client's key", bytes: der[place..<place + 32])
    }

    @Test(arguments: [true, false])
    func `a proxy's password goes to the proxy alone`(_ isFromEnvironment: Bool) async throws {
        try await SCMSimulator.serve(SimulatorSettings()) { asProxy in
            let place = asProxy.address.replacing("http://", with: "")
            try asProxy.fault(try Echo.answer(proxy.text, path: "/", status: 407))
            let session = try SecretSession(
                canaries: [proxy],
                environment: isFromEnvironment
                    ? ["PASSWORD": "p", "https_proxy": "http://ann:\(proxy.text)@\(place)"]
                    : ["PASSWORD": "p", "PROXY": proxy.text])
            try session.logEverything()
            var adding = [
                "account", "add", "scm", "--provider", "sectigo", "--set", "address=https://scm.example/api", "--set",
                "user=ann", "--set", "customer-uri=acme", "--secret", "password=env:PASSWORD",
            ]
            if !isFromEnvironment {
                adding += ["--set", "proxy=http://ann@\(place)", "--secret", "proxy-password=env:PROXY"]
                try await session.run(
                    64, adding + ["--set", "proxy=http://ann:\(proxy.text)@\(place)"], isTyped: true)
            }
            try await session.run(69, adding)
            #expect(try asProxy.calls("CONNECT") == 1)
            try await session.run(0, adding + ["--skip-verify"])
            try await session.run(0, ["account", "show", "scm"])
            try session.scan()
        }
    }
}

/// Commands with credentials that are looked for everywhere.
private final class SecretSession: Sendable {
    let command: PublicCACommand
    private let canaries: [Canary]

    init(canaries: [Canary], environment: [String: String]) throws {
        self.canaries = canaries
        command = try PublicCACommand(environment: environment)
    }

    func logEverything() throws {
        try FileManager.default.createDirectory(at: command.home, withIntermediateDirectories: true)
        try Data("log:\n  level: trace\n".utf8).write(to: command.home.appendingPathComponent("config.yaml"))
    }

    func order(_ name: String, _ profile: String = "Quick OV") -> [String] {
        [
            "order", "create", "--account", "scm", "--profile", profile, "--organization", "Acme", "--name", name,
            "--key", "ec-p256", "--keystore", "pkcs12", "--keystore-password", "env:KEYSTORE",
        ]
    }

    /// - Parameters:
    ///   - status: `nil` for whatever it may be.
    ///   - isTyped: whether a person put a secret where it does not belong, so that the arguments have it.
    func run(_ status: Int32?, _ arguments: [String], input: String? = nil, isTyped: Bool = false) async throws {
        let canaries = canaries
        let ended = try await command.run(arguments + ["--verbose"], input: input.map { $0 + "\n" }) { process in
            // Where there is no such file there is nothing to look for.
            let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            for canary in canaries where !isTyped { #expect(canary.found(in: line).isEmpty) }
        }
        if let status { #expect(ended.status == status, "\(arguments): \(ended.error)") }
        for canary in canaries {
            #expect(canary.found(in: ended.output).isEmpty, "\(arguments): \(ended.text)")
            #expect(canary.found(in: Data(ended.error.utf8)).isEmpty, "\(arguments): \(ended.error)")
        }
    }

    func scan() throws {
        let home = try command.contentsOfHome()
        #expect(home.values.contains { !Canary("the account", "scm").found(in: $0).isEmpty })
        for canary in canaries {
            for (path, data) in home { #expect(canary.found(in: data).isEmpty, "\(path)") }
        }
    }
}

/// Faults that repeat a secret.
private enum Echo {
    /// In clear, and as encoders write it.
    static func texts(_ canary: Canary) -> [String] {
        let bytes = Data(canary.text.utf8)
        let hex = bytes.map { String($0, radix: 16) }
        return [
            canary.text, bytes.base64EncodedString(), Data("master:\(canary.text)".utf8).base64EncodedString(),
            hex.map { "%\($0)" }.joined(), hex.map { "\\u00\($0)" }.joined(), hex.map { "&#x\($0);" }.joined(),
        ]
    }

    /// SCM's own kind of failure: its JSON is written by hand, so that an escape stays what it is.
    static func failure(_ text: String, path: String, status: Int) throws -> String {
        try fault(path, status, #"{"code": -7, "description": "login \#(text) failed"}"#, [:])
    }

    /// Whatever kind of answer, with the secret in its headers, too.
    static func answer(_ text: String, path: String, status: Int) throws -> String {
        try fault(
            path, status, #"{"error": "\#(text)", "error_description": "no \#(text)""#,
            ["WWW-Authenticate": "Basic \(text)", "Location": "https://elsewhere.example/\(text)"])
    }

    private static func fault(
        _ path: String, _ status: Int, _ body: String, _ headers: [String: String]
    ) throws -> String {
        let fault: [String: Any] = [
            "kind": "answer", "path": path, "status": status, "body": body, "headers": headers,
        ]
        return String(decoding: try JSONSerialization.data(withJSONObject: fault), as: UTF8.self)
    }
}
