// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA
import PublicCATesting
import Synchronization
import Testing

struct BearerTokensTests {
    /// A token endpoint and an API behind it, which takes the newest token alone.
    final class Office: HTTPTransport {
        struct State {
            var issued = 0
            var isRefusing = false
            var forms: [String] = []
            var orders = 0
        }
        let state = Mutex(State())

        func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
            state.withLock { state in
                guard request.path?.hasPrefix("/token") == true else { return Self.order(request, &state) }
                state.forms.append(String(decoding: body ?? Data(), as: UTF8.self))
                if state.isRefusing { return Self.reply(.unauthorized, #"{"error":"invalid_client"}"#) }
                state.issued += 1
                return Self.reply(.ok, #"{"access_token":"canary-\#(state.issued)","expires_in":300}"#)
            }
        }

        private static func order(_ request: HTTPRequest, _ state: inout State) -> HTTPReply {
            let header = request.headerFields[.authorization] ?? ""
            guard header == "Bearer canary-\(state.issued)" else { return reply(.unauthorized, "no: \(header)") }
            state.orders += 1
            return reply(.badRequest, #"{"echo":"\#(header)"}"#)
        }

        private static func reply(_ status: HTTPResponse.Status, _ body: String) -> HTTPReply {
            HTTPReply(response: HTTPResponse(status: status), body: Data(body.utf8))
        }
    }

    private func endpoint(
        _ office: Office, _ memory: TestMemory = TestMemory(), tokens path: String = "token", api: String = "",
        client: String = "id 7", secret: String = "s&cret"
    ) throws -> JSONEndpoint {
        let context = ProviderContext(
            settings: ProviderSettings(), transport: office, memory: memory, now: TestTime().now)
        let tokens = try BearerTokens(
            address: "https://login.example/\(path)", clientID: client, clientSecret: Secret(secret), context: context)
        return try JSONEndpoint(
            address: "https://ca.example\(api)", context: context, secrets: [Secret(secret)], tokens: tokens,
            settle: .seconds(60))
    }

    private func failure(_ endpoint: JSONEndpoint) async throws -> ProviderError {
        do throws(ProviderError) {
            _ = try await JSONCall(.post, ["orders"], "placing").send(to: endpoint)
        } catch { return error }
        throw CancellationError()
    }

    @Test func `a token is asked for once, as a form, and kept for the next step`() async throws {
        let office = Office()
        let memory = TestMemory()
        for _ in 0..<3 { _ = try await failure(try endpoint(office, memory)) }
        office.state.withLock { state in
            #expect(state.issued == 1 && state.orders == 3)
            #expect(state.forms == ["grant_type=client_credentials&client_id=id%207&client_secret=s%26cret"])
        }
    }

    @Test func `a token serves nobody but the client, the secret and the addresses that it was got with`() async throws
    {
        let office = Office()
        let memory = TestMemory()
        let own = try endpoint(office, memory)
        _ = try await failure(own)
        for other in [
            try endpoint(office, memory, tokens: "token2"), try endpoint(office, memory, api: "/2"),
            try endpoint(office, memory, client: "id 8"), try endpoint(office, memory, secret: "s&cret2"), own,
        ] {
            let before = office.state.withLock { $0.issued }
            _ = try await failure(other)
            #expect(office.state.withLock { $0.issued } == before + 1)
        }
        // Each call was made once, by a token of its own.
        #expect(office.state.withLock { $0.orders } == 6)
    }

    @Test func `a wrong secret is found out while an older token is good, which stays for whoever got it`() async throws
    {
        let office = Office()
        let memory = TestMemory()
        let own = try endpoint(office, memory)
        _ = try await failure(own)
        office.state.withLock { $0.isRefusing = true }
        let wrong = try endpoint(office, memory, secret: "wrong")
        #expect(try await failure(wrong).disposition == .account)
        await #expect(throws: ProviderError.self) { try await own.renewToken() }
        _ = try await failure(own)
        #expect(office.state.withLock { $0.orders } == 2)
    }

    @Test func `what is kept tells nobody the secret`() async throws {
        let memory = TestMemory()
        _ = try await failure(try endpoint(Office(), memory, secret: "canary-secret"))
        let kept = try #require(try await memory.recall("access-token"))
        #expect(!String(decoding: kept.data, as: UTF8.self).contains("secret"))
    }

    @Test func `a refused token is renewed, and the call sent once more`() async throws {
        let office = Office()
        let endpoint = try endpoint(office)
        _ = try await failure(endpoint)
        // Somebody else's token: ours is refused from now on.
        office.state.withLock { $0.issued += 1 }
        #expect(try await failure(endpoint).disposition == .rejected)
        office.state.withLock { #expect($0.issued == 3 && $0.orders == 2) }
    }

    @Test func `a client that is refused stops the account`() async throws {
        let office = Office()
        office.state.withLock { $0.isRefusing = true }
        let error = try await failure(try endpoint(office))
        #expect(error.disposition == .account)
        #expect(error.wording == "invalid_client")
    }

    @Test func `a token is in no text, even where the API repeats it`() async throws {
        let error = try await failure(try endpoint(Office()))
        #expect(!"\(error)".contains("canary"))
        #expect(error.wording != nil)
    }
}
