// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import SCMSimulator
import Testing

/// Has a certificate of 30 days issued by a simulated SCM and served by nginx, lets `publicca run` watch over it while the
/// body runs, and ends all of them.
///
/// - Parameter days: how long ago the certificate was ordered and issued.
func serving(
    aged days: Int = 0,
    _ body: @escaping @Sendable (WebHost, SCMSimulator, WebHost.Certificate) async throws -> Void
) async throws {
    let host = try await WebHost()
    try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
        try host.configure(isServed: false)
        try host.write(simulator.rootCertificate, to: "root.pem")
        try await host.run(
            "account", "add", "scm", "--provider", "sectigo", "--set", "address=\(simulator.address)/api", "--set",
            "extra-root=\(host.folder.path)/root.pem", "--set", "user=master", "--set", "customer-uri=acme",
            "--secret", "password=env:PASSWORD")
        try simulator.control("POST", "clock", #"{"advanceSeconds": -\#(days * 86400)}"#)
        try await host.run(
            "order", "create", "--account", "scm", "--profile", "Quick OV", "--organization", "Acme", "--term", "30",
            "--key", "ec-p256", "--name", WebHost.name, "--wait")
        try simulator.control("POST", "clock", #"{"advanceSeconds": \#(days * 86400)}"#)
        try await host.age(by: days)
        try await host.run("deploy", "run")
        let first = try await host.certificate()
        let receiver = try await host.receiver.program.during {
            try await until("the receiver listens") { host.receiver.isListening }
            let nginx = try await host.nginx.during(signal: SIGQUIT) {
                try await until("nginx is up") {
                    FileManager.default.fileExists(atPath: "\(host.folder.path)/nginx.pid")
                }
                #expect(try await host.servedFingerprint() == first.sha256)
                try host.configure(isServed: true)
                let run = try await host.publicca(["run"]).during {
                    try await until("the first certificate is seen") {
                        try await host.deployment()["servedSince"] is String
                    }
                    try await until("the keystore is there") { try await host.keystoreFingerprint() == first.sha256 }
                    try await body(host, simulator, first)
                }
                #expect(run.status == 0 && !run.wasKilled, "\(String(decoding: run.error, as: UTF8.self))")
            }
            #expect(nginx.status == 0 && !nginx.wasKilled, "\(String(decoding: nginx.error, as: UTF8.self))")
        }
        #expect(receiver.wasKilled && receiver.status == SIGTERM)
    }
}
