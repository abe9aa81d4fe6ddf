// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import SCMSimulator
import Testing

/// The last mile with real parts: nginx, Java, OpenSSL and the program as people run it, at a simulated SCM.
@Suite(.serialized) struct ServingTests {
    @Test(.timeLimit(.minutes(5)))
    func `a certificate is renewed under load by itself, and not one handshake fails`() async throws {
        let wrk = try Tools.path("wrk")
        // Due after 15 of its 30 days, and up to 1.25 days of spread later.
        try await serving(aged: 17) { host, simulator, first in
            // One handshake for each request.
            let load = Program(
                wrk,
                [
                    "-t1", "-c2", "-d10m", "--timeout", "60s", "-H", "Connection: close",
                    "https://127.0.0.1:\(host.port)/",
                ], environment: [:], outputLimit: 65536)
            let report = try await load.during(signal: SIGINT) {
                try await host.run("auto-renew", "enable", "--certificate", WebHost.name, "--share", "0.5")
                try await until("the successor is served") {
                    let newest = try await host.certificate()
                    guard newest.sha256 != first.sha256 else { return false }
                    return try await host.isServing(newest.sha256)
                }
                let second = try await host.certificate()
                try await host.untilShown(second)
                try await until("Java reads the successor") {
                    try await host.keystoreFingerprint() == second.sha256
                }
                try await told(second, of: host)
            }
            let said = String(decoding: report.output, as: UTF8.self)
            let requests = try #require(said.firstMatch(of: /(\d+) requests in/)?.output.1)
            #expect(try #require(Int(requests)) > 10)
            #expect(!said.contains("Socket errors") && !said.contains("Non-2xx"), "\(said)")
            try await pages(of: host)
            let enrolments = try JSONSerialization.jsonObject(
                with: Data(try simulator.control("GET", "enrolments").utf8))
            #expect((enrolments as? [Any])?.count == 2)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `what cannot be reloaded stays as it was, is tried again and told, and is over when it works`() async throws {
        try await serving { host, _, first in
            try host.configureNginx("no_such_directive on;")
            try await host.run("certificate", "renew", WebHost.name, "--wait")
            let second = try await host.certificate()
            #expect(second.sha256 != first.sha256)
            try await until("the reload has failed") { try await host.deployment()["problem"] is String }
            try await until("the deployment is in trouble") {
                try await host.hurry()
                return try await host.deployment()["troubled"] as? Bool == true
            }
            let troubled = try await host.deployment()
            #expect(troubled["state"] as? String == "reloading" && troubled["inPlace"] as? String == second.id)
            let problem = try #require(troubled["problem"] as? String)
            #expect(problem.hasPrefix("reload: the reload command ended with 1: "), "\(problem)")
            #expect(problem.contains("no_such_directive"), "\(problem)")
            let failures = try #require(troubled["failures"] as? [String: Int])
            #expect(failures["reload", default: 0] >= 4, "\(failures)")
            #expect(try await host.servedFingerprint() == first.sha256)
            #expect(try await host.troubles().contains { $0.contains("no_such_directive") })
            try await until("somebody is told of the trouble") {
                try await host.hurry()
                return try host.receiver.wasTold("deployment.troubled")
            }

            try host.configureNginx()
            try await until("the next reload clears it") {
                try await host.hurry()
                return try await host.isServing(second.sha256)
            }
            try await host.untilShown(second)
            #expect(try await host.deployment()["troubled"] as? Bool == false)
            #expect(try await host.troubles().isEmpty)
            try await until("somebody is told that it is over") {
                try await host.hurry()
                return try host.receiver.wasTold("deployment.troubled", isOver: true)
            }
            let orders = try await host.json("order", "list")["items"] as? [Any]
            #expect(orders?.count == 2)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a rollback serves what was served before, until the newest is asked for`() async throws {
        try await serving { host, _, first in
            try await host.run("certificate", "renew", WebHost.name, "--wait")
            let second = try await host.certificate()
            try await until("the successor is served") { try await host.isServing(second.sha256) }
            try await host.run("deploy", "rollback", "web", "--name", WebHost.name, "--yes")
            try await host.untilShown(first)
            #expect(try await host.deployment()["rolledBackTo"] as? String == first.id)
            try await host.run("deploy", "run", WebHost.name)
            try await host.untilShown(second)
            #expect(try await host.deployment()["rolledBackTo"] is NSNull)
        }
    }

    /// Both webhooks, with signatures that are ours.
    private func told(_ certificate: WebHost.Certificate, of host: WebHost) async throws {
        try await until("both webhooks are told") {
            let changes = try host.receiver.messages("/deployed")
            let told = try ["certificate.issued", "certificate.deployed", "certificate.served"].allSatisfy {
                try host.receiver.wasTold($0)
            }
            return told && changes.contains { $0.body["sha256"] as? String == certificate.sha256 }
        }
        let change = try #require(try host.receiver.messages("/deployed").last).body
        #expect(change["target"] as? String == "web" && change["commonName"] as? String == WebHost.name)
        #expect(change["certificate"] as? String == certificate.id)
        #expect(change["path"] as? String == "\(host.folder.path)/tls/\(WebHost.name)")
        for notice in try host.receiver.messages("/notices") {
            #expect(notice.isOurs && !notice.isAnybodys, "\(notice.body)")
            #expect(notice.body["channel"] as? String == "ops")
        }
    }

    /// What the service says of itself.
    private func pages(of host: WebHost) async throws {
        _ = try await host.page("/readyz")
        let lines = try await host.page("/metrics").split(whereSeparator: \.isNewline)
        let line = /# (HELP|TYPE) \w+ .+|\w+(\{.*\})? [-+.\w]+/
        for text in lines { #expect(text.wholeMatch(of: line) != nil, "\(text)") }
        for expected in ["publicca_repository_up 1", "publicca_deployments_troubled 0"] {
            #expect(lines.contains { $0 == expected }, "\(expected)")
        }
        #expect(lines.contains { $0.hasPrefix("publicca_ca_request_duration_seconds_count{") })
    }
}
