// SPDX-License-Identifier: Apache-2.0

import Deployments
import Foundation
import HTTPTypes
import LifecycleModel
import PublicCA
import Testing

struct TellingTests {
    private let change = DeploymentChange(
        target: "web", commonName: "*.example.org", certificate: CertificateID("crt_1"), sha256: "00ff", path: "/{name}"
    )

    private func target(_ reload: String...) -> DeploymentTarget {
        var target = DeploymentTarget(name: "web", certificates: [], place: .folder(path: "/etc/tls/{name}"))
        target.reload = reload
        return target
    }

    private func failure(_ target: DeploymentTarget) async throws -> DeploymentFailure? {
        let bench = try Bench()
        return await #expect(throws: DeploymentFailure.self) {
            try await bench.deployments().reload(target, after: change)
        }
    }

    @Test func `the reload command is told what has changed, and nothing else`() async throws {
        let bench = try Bench()
        let file = "\(bench.folder)/said"
        try await bench.deployments().reload(
            target("sh", "-c", #"env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= | sort > "$1""#, "sh", file), after: change)
        #expect(
            try bench.text("said") == """
                PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
                PUBLICCA_NAME=*.example.org
                PUBLICCA_PATH=/etc/tls/_wildcard.example.org
                PUBLICCA_SHA256=00ff
                PUBLICCA_TARGET=web

                """)
        try await bench.deployments().reload(target(), after: change)
    }

    @Test func `a reload command that fails says how it ended and the beginning of what it printed`() async throws {
        let failed = try await failure(target("sh", "-c", "echo out; printf 'one\\ntwo\\033[1m\\n' >&2; exit 3"))
        #expect(failed?.description == "the reload command ended with 3: one; two[1m" && failed?.mayPass == true)
        let silent = try await failure(target("sh", "-c", "exit 1"))
        #expect(silent?.description == "the reload command ended with 1")
        let long = try await failure(target("sh", "-c", "yes | tr -d '\\n' | head -c 9000; kill -9 $$"))
        #expect(long?.description.hasPrefix("the reload command was killed by signal 9: yyy") == true)
        #expect(long?.description.count == "the reload command was killed by signal 9: …".count + 300)
    }

    @Test func `a reload command that does not end is ended`() async throws {
        var target = target("sh", "-c", "exec sleep 600")
        target.timeLimit = .zero
        let failed = try await failure(target)
        #expect(failed?.description == "the reload command had not ended after 0 seconds and was ended")
        #expect(failed?.mayPass == true)
    }

    @Test func `a reload command that is not there needs a person`() async throws {
        let failed = try await failure(target("/nowhere/reload"))
        #expect(
            failed?.description
                == "the reload command cannot be run: /nowhere/reload is not there, or is no program that we may run")
        #expect(failed?.mayPass == false)
    }

    @Test func `the webhook is told as JSON`() async throws {
        let bench = try Bench()
        var target = target()
        try await bench.deployments().announce(change, to: target)
        #expect(bench.transport.requests.isEmpty)
        target.webhook = "https://hooks.example.org:8443/a%20b?key=1"
        try await bench.deployments().announce(change, to: target)
        let (request, body) = try #require(bench.transport.requests.first)
        #expect(request.method == .post && request.scheme == "https" && request.authority == "hooks.example.org:8443")
        #expect(request.path == "/a%20b?key=1" && request.headerFields[.contentType] == "application/json")
        var told = change
        told.path = "/etc/tls/_wildcard.example.org"
        let json = try #require(body)
        #expect(try JSONDecoder().decode(DeploymentChange.self, from: json) == told)
    }

    @Test(arguments: [(204, nil), (302, false), (400, false), (408, true), (429, true), (500, true)] as [(Int, Bool?)])
    func `what the webhook answers decides whether it is told again`(_ code: Int, _ mayPass: Bool?) async throws {
        let bench = try Bench(HTTPResponse.Status(code: code))
        var target = target()
        target.webhook = "http://hooks.example.org"
        do throws(DeploymentFailure) {
            try await bench.deployments().announce(change, to: target)
            #expect(mayPass == nil)
        } catch {
            #expect(error.description == "the webhook answered \(code)" && error.mayPass == mayPass)
        }
    }

    @Test(arguments: ["ftp://a.example.org/x", "https:///x", "https://user:canary@a.example.org", "no address"])
    func `an address that is none is not repeated`(_ address: String) async throws {
        let bench = try Bench()
        var target = target()
        target.webhook = address
        let told = target
        let failure = await #expect(throws: DeploymentFailure.self) {
            try await bench.deployments().announce(change, to: told)
        }
        #expect(failure?.description == "the webhook's address is none of HTTP, or holds a password")
        #expect(failure?.mayPass == false)
    }
}
