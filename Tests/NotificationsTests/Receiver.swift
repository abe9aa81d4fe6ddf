// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import LifecycleModel
import Programs
import PublicCA
import Synchronization

@testable import Notifications

/// Takes requests, and answers as a test wants.
final class Receiver: HTTPTransport {
    private let seen = Mutex<[(request: HTTPRequest, body: Data)]>([])
    private let answer: @Sendable () throws(TransportError) -> Int

    init(_ answer: @escaping @Sendable () throws(TransportError) -> Int) { self.answer = answer }

    var all: [(request: HTTPRequest, body: Data)] { seen.withLock { $0 } }

    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        seen.withLock { $0.append((request, body ?? Data())) }
        return HTTPReply(response: HTTPResponse(status: .init(code: try answer())), body: Data())
    }
}

enum Sample {
    static let start = Date(timeIntervalSince1970: 1_767_225_600)

    static func event(_ text: String, _ severity: Severity = .critical) -> NoticeEvent {
        NoticeEvent(
            at: start, kind: "order.stuck", severity: severity, subject: "ord_1", name: "www.example.org",
            text: text.forMessages)
    }

    static func notice(_ texts: String...) -> Notice {
        Notice(id: "ops-1-3", at: start, events: texts.map { event($0) })
    }

    static func channel(_ means: NoticeChannel.Means) -> NoticeChannel { NoticeChannel(name: "ops", means: means) }

    static func notifications(
        _ transport: any HTTPTransport = Receiver { 500 }, secret: String = "canary-4711"
    ) -> HostNotifications {
        HostNotifications(
            channels: [], transport: transport,
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"], host: "host one",
            now: { start }
        ) { (source) throws(DeliveryFailure) in
            guard case .environment("SECRET") = source else { throw DeliveryFailure("no secret", mayPass: false) }
            return Secret(secret)
        }
    }
}

/// Python, which reads what we write as others do.
enum Python {
    private static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Where it is missing, what needs it is skipped, and fails where the environment says CI.
    static var isExpected: Bool { path != nil || ProcessInfo.processInfo.environment["CI"] != nil }

    static func run(_ script: String, _ arguments: [String] = [], input: Data = Data()) async throws -> String {
        guard let path else { throw CocoaError(.fileNoSuchFile) }
        let ending = try await Program(
            path, ["-c", script] + arguments, environment: ["PYTHONIOENCODING": "utf-8"], input: input,
            outputLimit: 1 << 20
        ).run()
        return String(decoding: ending.output + ending.error, as: UTF8.self)
    }
}
