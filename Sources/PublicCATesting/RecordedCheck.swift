// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA
import Synchronization

/// What was ordered and answered while one promise was checked at a CA: enough to check it again without the CA.
public struct RecordedCheck: Hashable, Sendable, Codable, CustomStringConvertible {
    /// As in ``ProviderCheck/promise``.
    public let promise: String
    let begunAt: Date
    /// In the order in which the check asked for them; `nil` where the CA has no such kind.
    let requests: [OrderRequest?]
    /// What a ``ReplayTransport`` answers from.
    public let exchanges: [Exchange]

    /// The promise.
    public var description: String { promise }

    /// Checks a promise at a CA, and keeps what was said. Throws a ``ConformanceFailure`` when the promise is broken.
    ///
    /// - Parameters:
    ///   - check: what to check.
    ///   - fixture: what it needs, every account opened over `network`.
    ///   - network: a way to the CA that was not used before.
    public init(
        _ check: ProviderCheck, with fixture: ProviderFixture, over network: RecordingTransport
    ) async throws(ConformanceFailure) {
        let made = Requests()
        var fixture = fixture
        if let make = fixture.request {
            fixture.request = { course in
                let request = try await make(course)
                made.list.withLock { $0.append(request) }
                return request
            }
        }
        promise = check.promise
        begunAt = fixture.now()
        _ = try await check.run(with: fixture)
        requests = made.list.withLock(\.self)
        exchanges = network.exchanges
    }

    /// What the check needs to be run again: the same requests, and time that begins when it did. Credentials are
    /// neither right nor wrong here, since recordings have none.
    ///
    /// - Parameters:
    ///   - replay: answers from ``exchanges``.
    ///   - canary: a secret of the account that `open` opens.
    ///   - unknownOrder: as it was when this was recorded.
    ///   - unknownCertificate: the same.
    ///   - open: opens an account over a network, by a date.
    public func fixture(
        over replay: ReplayTransport, canary: String? = nil,
        unknownOrder: OrderReference = OrderReference("999999999999"),
        unknownCertificate: CertificateReference = CertificateReference("999999999999"),
        open: @escaping @Sendable (any HTTPTransport, @escaping @Sendable () -> Date) throws -> any PublicCAProvider
    ) -> ProviderFixture {
        let time = TestTime(begunAt)
        let left = Requests()
        left.list.withLock { $0 = requests.reversed() }
        return ProviderFixture(
            open: { try open(replay, time.now) },
            request: { _ in
                guard let request = left.list.withLock({ $0.popLast() }) else {
                    throw Observation("it orders more than was recorded")
                }
                return request
            },
            provoke: { provocation in try open(TroubledTransport(replay, provocation) ?? replay, time.now) },
            pass: { time.advance(by: $0) }, now: time.now, canary: canary, unknownOrder: unknownOrder,
            unknownCertificate: unknownCertificate)
    }
}

extension RecordedCheck {
    /// Reads a file of recorded checks from the folder `Exchanges`, as ``Exchange/list(in:besides:)`` does.
    public static func list(in name: String, besides source: String = #filePath) throws -> [RecordedCheck] {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode([RecordedCheck].self, from: Exchange.file(name, besides: source))
    }

    /// What to write into such a file; the same for the same checks.
    public static func file(of checks: [RecordedCheck]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(checks) + Data("\n".utf8)
    }
}

private final class Requests: Sendable {
    let list = Mutex<[OrderRequest?]>([])
}
