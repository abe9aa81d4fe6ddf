// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import Testing

/// A host with nginx, `publicca` and what both keep, in a folder that is gone afterwards.
final class WebHost: Sendable {
    static let name = "www.example.com"
    let folder: URL
    let nginx: Program
    let receiver: Receiver
    /// Where nginx listens.
    let port: Int
    let metrics: Int
    private let environment: [String: String]

    init() async throws {
        let nginx = try Tools.path("nginx")
        let ports = try await Tools.freePorts(3)
        (port, metrics) = (ports[0], ports[1])
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("unattended-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("home"), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        environment = [
            "PUBLICCA_HOME": "\(folder.path)/home", "PATH": "/usr/bin:/bin", "PASSWORD": "master-password",
            "HOOK_SECRET": Receiver.secret,
        ]
        self.nginx = Program(
            nginx, ["-p", folder.path, "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off;"], environment: [:],
            outputLimit: 65536)
        receiver = try Receiver(port: ports[2], in: folder)
        try write("keystore-password\n", to: "app.password")
        // What an operator would have it do: nothing is reloaded that could not be started.
        try write(
            """
            set -e
            nginx() { \(nginx) -p \(folder.path) -c nginx.conf -e stderr "$@"; }
            nginx -t -q
            nginx -s reload
            """, to: "reload")
        try configureNginx()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(file))
    }

    /// - Parameter more: a line among the server's.
    func configureNginx(_ more: String = "") throws {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path temporary;" }
        try write(
            """
            worker_processes 2;
            pid nginx.pid;
            events { worker_connections 256; }
            http {
                access_log off;
                \(temporary.joined(separator: " "))
                server {
                    listen 127.0.0.1:\(port) ssl;
                    server_name \(Self.name);
                    ssl_certificate \(folder.path)/tls/\(Self.name)/fullchain.pem;
                    ssl_certificate_key \(folder.path)/tls/\(Self.name)/key.pem;
                    location / { return 200 "here\\n"; }
                    \(more)
                }
            }
            """, to: "nginx.conf")
    }

    /// - Parameter isServed: without, files are put where nginx will look for them when it begins.
    func configure(isServed: Bool) throws {
        let serving = """
                reload: [/bin/sh, "\(folder.path)/reload"]
                verify: "127.0.0.1:\(port)"
                webhook: "\(receiver.address)/deployed"
              - name: app
                certificates: \(Self.name)
                keystore: "\(folder.path)/app/{name}.jks"
                format: jks
                password: "file:\(folder.path)/app.password"
            """
        try write(
            """
            metrics: {port: \(metrics)}
            notifications:
              - {name: ops, webhook: "\(receiver.address)/notices", secret: env:HOOK_SECRET, severity: info, digest: 1s}
            deployments:
              - name: web
                certificates: ["*.example.com"]
                folder: "\(folder.path)/tls/{name}"
            \(isServed ? serving : "")
            """, to: "home/config.yaml")
    }

    func publicca(_ arguments: [String]) -> Program {
        Program(Self.executable, arguments, environment: environment, folder: folder.path, outputLimit: .max)
    }

    /// Expects it to succeed.
    @discardableResult
    func run(_ arguments: String..., at location: SourceLocation = #_sourceLocation) async throws -> String {
        let ending = try await publicca(arguments).run()
        let said = String(decoding: ending.output, as: UTF8.self)
        try #require(
            ending.status == 0, "\(arguments): \(said)\(String(decoding: ending.error, as: UTF8.self))",
            sourceLocation: location)
        return said
    }

    /// One document, whatever the exit code says.
    func json(_ arguments: String...) async throws -> [String: Any] {
        let ending = try await publicca(arguments + ["--json"]).run()
        return try #require(try JSONSerialization.jsonObject(with: ending.output) as? [String: Any])
    }

    /// Beside the tests, where the same build has put it.
    private static let executable: String = {
        let tests = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
        let places =
            [tests.deletingLastPathComponent()] + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        let found = places.map { $0.appendingPathComponent("publicca").path }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        return found ?? "publicca was not built"
    }()
}
