// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import PublicCA
import Synchronization
import Testing

@testable import HostSupport

struct HeartbeatTests {
    /// What it calls, what that answers, what it logs, and when it is.
    private final class Surroundings: HTTPTransport {
        struct State {
            var status: Int? = 200
            var requests: [HTTPRequest] = []
            var log: [String] = []
            var now = Date(timeIntervalSince1970: 1_767_225_600)
        }
        let state = Mutex(State())

        func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
            let status = state.withLock { state in
                state.requests.append(request)
                return state.status
            }
            guard let status else { throw .notSent("refused") }
            return HTTPReply(response: HTTPResponse(status: .init(code: status)), body: Data())
        }

        func heartbeat(_ address: String) -> Heartbeat {
            Heartbeat(
                address: Secret(address), every: .seconds(60), transport: self,
                now: { [self] in state.withLock { $0.now } },
                log: { [self] line in state.withLock { $0.log.append(line) } })
        }

        func beat(_ heartbeat: Heartbeat, times: Int, every seconds: TimeInterval = 60) async {
            for _ in 0..<times {
                await heartbeat.beat()
                state.withLock { $0.now += seconds }
            }
        }

        var requests: [HTTPRequest] { state.withLock { $0.requests } }
        var log: [String] { state.withLock { $0.log } }
    }

    private static let address = "https://beat.example.org/canary-4711?token=canary-4712"

    @Test func `the address is called with GET, at most once a minute`() async {
        let surroundings = Surroundings()
        await surroundings.beat(surroundings.heartbeat(Self.address), times: 13, every: 10)
        #expect(surroundings.requests.count == 3)
        let request = surroundings.requests.first
        #expect(request?.method == .get && request?.authority == "beat.example.org")
        #expect(request?.path == "/canary-4711?token=canary-4712")
        #expect(surroundings.log.isEmpty)
    }

    @Test(arguments: [500, 404, nil]) func `what does not work is logged once, and once that it works again`(
        _ status: Int?
    ) async {
        let surroundings = Surroundings()
        let heartbeat = surroundings.heartbeat(Self.address)
        for status in [status, 200, status] {
            surroundings.state.withLock { $0.status = status }
            await surroundings.beat(heartbeat, times: 5)
        }
        #expect(surroundings.requests.count == 15)
        #expect(surroundings.log.count == 3)
        #expect(surroundings.log[1] == "the heartbeat reaches beat.example.org again")
        #expect(!surroundings.log.joined().contains("canary"))
    }

    @Test(arguments: ["canary-4711", "file:///canary-4711", ""])
    func `what is no address is said once, without saying it`(_ address: String) async {
        let surroundings = Surroundings()
        await surroundings.beat(surroundings.heartbeat(address), times: 3)
        #expect(surroundings.requests.isEmpty && surroundings.log.count == 1)
        #expect(!surroundings.log.joined().contains("canary"))
    }
}
