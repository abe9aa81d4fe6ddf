// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import SCMSimulator
import Testing

struct LoginTests {
    private static let path = "/api/admin/v1/password"

    @Test func `a login, its password and the customer let in`() async throws {
        try await withSimulator { caller in
            let reply = try await caller.get(Self.path)
            #expect(reply.status == 200)
            #expect(reply.json["state"] == "ALIVE")
            #expect(reply.json["expirationDate"]?.string?.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil)
        }
    }

    @Test(arguments: [
        (Caller.headers(login: "master", password: "wrong"), 401, -16), (Caller.headers(login: "nobody"), 401, -16),
        (Caller.headers(login: "outdated"), 401, -970), (Caller.headers(login: "person"), 401, -16),
        (Caller.headers(login: "master", customer: "other"), 400, -410), ([:], 401, -16),
        (["login": "master", "customerUri": "acme"], 401, -16), (["Authorization": "Bearer none"], 401, -16),
    ])
    func `everybody else is told what SCM tells`(headers: [String: String], status: Int, code: Int) async throws {
        try await withSimulator { caller in
            var caller = caller
            caller.headers = headers
            let reply = try await caller.get(Self.path)
            #expect(reply.status == status)
            #expect(reply.code == code)
            #expect((reply.headers["www-authenticate"] != nil) == (status == 401))
        }
    }

    @Test(arguments: [
        (#"{"wrongPassword": "emptyBody"}"#, 401, nil), (#"{"wrongPassword": "customerNotFound"}"#, 400, -410),
        (#"{"wrongPassword": "plainText"}"#, 401, nil), (#"{"wrongPassword": "wrongLogin"}"#, 401, -970),
    ])
    func `how a wrong password is answered is a knob`(quirks: String, status: Int, code: Int?) async throws {
        try await withSimulator(#"{"quirks": \#(quirks)}"#) { caller in
            var caller = caller
            caller.headers["password"] = "wrong"
            let reply = try await caller.get(Self.path)
            #expect(reply.status == status)
            #expect(reply.code == code)
        }
    }

    @Test func `a password expires with the clock, and can be changed before`() async throws {
        try await withSimulator { caller in
            var caller = caller
            #expect(try await caller.post("/api/admin/v1/changepassword", ["newPassword": "short"]).code == -7306)
            let change: Value = ["newPassword": "long-enough-now"]
            #expect(try await caller.post("/api/admin/v1/changepassword", change).status == 204)
            #expect(try await caller.get(Self.path).code == -16)
            caller.headers["password"] = "long-enough-now"
            #expect(try await caller.get(Self.path).status == 200)
            try caller.advance(91 * 86_400)
            #expect(try await caller.get(Self.path).code == -970)
        }
    }

    private func token(_ caller: Caller, _ form: String) async throws -> Caller.Reply {
        var request = HTTPClientRequest(url: caller.simulator.tokenAddress)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(ByteBuffer(string: form))
        let response = try await caller.client.execute(request, timeout: .seconds(20))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return .init(status: Int(response.status.code), headers: [:], body: Data(bytes.readableBytesView))
    }

    @Test func `a token lets in until it expires or is revoked`() async throws {
        try await withSimulator(#"{"quirks": {"tokenSeconds": 60}}"#) { caller in
            var caller = caller
            let form = "grant_type=client_credentials&client_id=master-client&client_secret=master-secret"
            for end in ["expired", "revoked"] {
                let reply = try await token(caller, form)
                #expect(reply.json["expires_in"] == 60)
                #expect(reply.json["token_type"] == "Bearer")
                caller.headers = ["Authorization": "Bearer \(try #require(reply.json["access_token"]?.string))"]
                #expect(try await caller.get(Self.path).status == 200)
                if end == "expired" { try caller.advance(61) } else { try caller.simulator.control("DELETE", "tokens") }
                #expect(try await caller.get(Self.path).code == -16)
            }
            #expect(try await token(caller, form.replacing("master-secret", with: "x")).status == 401)
            #expect(try await token(caller, form.replacing("client_credentials", with: "password")).status == 400)
        }
    }

    @Test func `a client certificate lets in under private, and only there`() async throws {
        try await withSimulator(#"{"tls": true}"#) { caller in
            let own = try #require(caller.simulator.clientCertificate(login: "master"))
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.trustRoots = .certificates(
                try NIOSSLCertificate.fromPEMBytes(Array(caller.simulator.rootCertificate.utf8)))
            let anonymous = HTTPClient(configuration: .init(tlsConfiguration: configuration))
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(own.certificate.utf8))
                .map { .certificate($0) }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(own.key.utf8), format: .pem))
            let known = HTTPClient(configuration: .init(tlsConfiguration: configuration))
            let path = "/private" + Self.path
            var statuses: [Int] = []
            do {
                var visitor = caller
                visitor.headers = ["login": "master", "customerUri": "acme"]
                visitor.client = known
                statuses.append(try await visitor.get(path).status)
                statuses.append(try await visitor.get(Self.path).status)
                visitor.headers["login"] = "registrar"
                statuses.append(try await visitor.get(path).status)
                visitor.headers = caller.headers
                statuses.append(try await visitor.get(Self.path).status)
                visitor.client = anonymous
                visitor.headers["password"] = nil
                statuses.append(try await visitor.get(path).status)
            }
            try await known.shutdown()
            try await anonymous.shutdown()
            #expect(statuses == [200, 401, 401, 200, 401])
        }
    }
}
