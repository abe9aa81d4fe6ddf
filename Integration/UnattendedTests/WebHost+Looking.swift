// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What can be seen from outside.
extension WebHost {
    /// SHA-256 of the certificate that OpenSSL is shown.
    func servedFingerprint() async throws -> String {
        Self.hex(
            try await Tools.shell(
                """
                "$1" s_client -connect 127.0.0.1:"$2" -servername "$3" </dev/null 2>/dev/null |
                "$1" x509 -noout -fingerprint -sha256
                """, try Tools.path("openssl"), "\(port)", Self.name))
    }

    /// For a moment after a reload, the old workers of nginx still take connections beside the new ones.
    func untilShown(_ certificate: Certificate) async throws {
        try await until("OpenSSL is shown \(certificate.id)") {
            try await servedFingerprint() == certificate.sha256
        }
    }

    /// SHA-256 of the certificate that Java finds in the keystore; `nil` while there is none.
    func keystoreFingerprint() async throws -> String? {
        let path = "\(folder.path)/app/\(Self.name).jks"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let list = try await Tools.shell(
            "\"$1\" -J-Duser.language=en -list -storetype JKS -keystore \"$2\" -storepass:file \"$3\"",
            try Tools.path("keytool"), path, "\(folder.path)/app.password")
        let line = list.split(whereSeparator: \.isNewline).first { $0.contains("SHA-256") }
        return line.map { Self.hex(String($0)) }
    }

    /// From `… Fingerprint=AB:CD` or `… fingerprint (SHA-256): AB:CD`.
    private static func hex(_ line: String) -> String {
        let pairs = line.matches(of: /\b[0-9A-F]{2}(?::[0-9A-F]{2})+/).last?.output ?? ""
        return pairs.replacing(":", with: "").lowercased()
    }

    /// What the service's page says; fails for any other status than 200.
    func page(_ path: String) async throws -> String {
        let script = "import sys, urllib.request as u; print(u.urlopen(sys.argv[1], timeout=60).read().decode())"
        return try await Tools.shell(
            "\"$1\" -c \"$2\" \"$3\"", try Tools.path("python3"), script, "http://127.0.0.1:\(metrics)\(path)")
    }

    struct Certificate { var id, sha256: String }

    /// The newest certificate of the name.
    func certificate() async throws -> Certificate {
        let shown = try await json("certificate", "show", Self.name)
        return Certificate(
            id: try #require(shown["id"] as? String), sha256: try #require(shown["sha256"] as? String))
    }

    func deployment(at target: String = "web") async throws -> [String: Any] {
        let items = try await json("deploy", "status", "--target", target)["items"] as? [[String: Any]]
        return try #require(items?.first)
    }

    /// Whether the target serves this certificate, and nothing is wrong with it.
    func isServing(_ sha256: String) async throws -> Bool {
        let deployment = try await deployment()
        return deployment["state"] as? String == "current" && deployment["sha256"] as? String == sha256
            && deployment["problem"] is NSNull
    }

    /// What `status` says that needs a person at a target.
    func troubles() async throws -> [String] {
        let attention = try #require(try await json("status")["attention"] as? [[String: Any]])
        return attention.filter { $0["kind"] as? String == "deployment.troubled" }.compactMap { $0["what"] as? String }
    }

    /// What is to be done later is due now, as if somebody had waited.
    func hurry() async throws {
        try await database(
            "UPDATE work SET due = 0 WHERE until IS NULL AND kind IN ('deployment', 'alerts', 'channel')")
    }

    /// What was ordered was ordered so many days before.
    func age(by days: Int) async throws {
        try await database(
            """
            UPDATE orders SET body = json_set(body, '$.placedAt', json_extract(body, '$.placedAt') - \(days * 86_400_000))
            """)
    }

    /// Changes the database behind everybody's back.
    private func database(_ statement: String) async throws {
        let script = """
            import sqlite3, sys
            with sqlite3.connect(sys.argv[1], timeout=60) as database: database.execute(sys.argv[2])
            """
        _ = try await Tools.shell(
            "\"$1\" -c \"$2\" \"$3\" \"$4\"", try Tools.path("python3"), script,
            "\(folder.path)/home/publicca.sqlite", statement)
    }
}
