// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import PublicCA
import PublicCATesting
import Synchronization
import Testing

@Suite struct TroubledTransportTests {
    /// Takes everything, and counts.
    final class Office: HTTPTransport {
        private let count = Mutex(0)
        var taken: Int { count.withLock { $0 } }

        func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
            count.withLock { $0 += 1 }
            return HTTPReply(response: HTTPResponse(status: .ok), body: Data())
        }
    }

    let office = Office()

    func troubled(_ provocation: ProviderFixture.Provocation) throws -> TroubledTransport {
        try #require(TroubledTransport(office, provocation))
    }

    func request(_ method: HTTPRequest.Method) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "https", authority: "ca.example", path: "/orders")
    }

    @Test func `the reply to the next write is lost after it was taken, once`() async throws {
        let network = try troubled(.lostReply)
        #expect(try await network.send(request(.get), body: nil).response.status == .ok)
        await #expect(throws: TransportError.interrupted("the connection was lost")) {
            _ = try await network.send(request(.post), body: nil)
        }
        #expect(office.taken == 2)
        #expect(try await network.send(request(.post), body: nil).response.status == .ok)
    }

    @Test(arguments: [ProviderFixture.Provocation.serverError, .unreadableReply])
    func `the reply to the next write is spoilt after it was taken, once`(
        provocation: ProviderFixture.Provocation
    ) async throws {
        let network = try troubled(provocation)
        #expect(try await network.send(request(.get), body: nil).body.isEmpty)
        let reply = try await network.send(request(.post), body: nil)
        #expect(reply.response.status == (provocation == .serverError ? .badGateway : .ok))
        #expect(!reply.body.isEmpty && office.taken == 2)
        #expect(try await network.send(request(.post), body: nil).body.isEmpty)
    }

    @Test func `a write hangs until its task is cancelled`() async throws {
        let network = try troubled(.hang)
        let writing = Task { try await network.send(request(.post), body: nil) }
        while office.taken == 0 { await Task.yield() }
        writing.cancel()
        await #expect(throws: TransportError.interrupted("the call was cancelled")) { _ = try await writing.value }
    }

    @Test func `too many calls reach nobody, and then work again`() async throws {
        let network = try troubled(.rateLimit)
        #expect(try await network.send(request(.get), body: nil).response.status == .tooManyRequests)
        #expect(office.taken == 0)
        #expect(try await network.send(request(.get), body: nil).response.status == .ok)
    }

    @Test(arguments: [ProviderFixture.Provocation.wrongCredentials, .unknownWord])
    func `what only the CA can do is left to it`(provocation: ProviderFixture.Provocation) {
        #expect(TroubledTransport(office, provocation) == nil)
    }
}
