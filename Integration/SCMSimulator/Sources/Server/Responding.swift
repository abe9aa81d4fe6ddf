// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOSSL

/// The connection is to be cut.
private struct Cut: Error {}

/// Between Hummingbird and the books. Throwing is how a connection is cut: Hummingbird closes it then.
struct Responding: Sendable {
    let desk: Desk
    let isTLS: Bool

    @concurrent
    func respond(to request: Request, with writer: consuming ResponseWriter, over channel: any Channel) async throws {
        let call = try await call(request, channel)
        desk.enter()
        defer { desk.leave() }
        let outcome = desk.outcome(of: call)
        let wait = (call.path.hasPrefix("/simulator/") ? 0 : desk.think) + outcome.milliseconds
        if wait > 0 { try await channel.eventLoop.sleep(milliseconds: wait) }
        try await send(outcome, to: call.method, with: writer, over: channel)
    }

    @concurrent
    private func call(_ request: Request, _ channel: any Channel) async throws -> Call {
        var call = Call(method: request.head.method.rawValue, target: request.head.path ?? "/")
        for field in request.headers { call.headers[field.name.canonicalName] = field.value }
        let host = request.head.authority ?? call.headers["host"] ?? ""
        call.origin = (isTLS ? "https://" : "http://") + host
        for try await buffer in request.body {
            call.body += buffer.readableBytesView
            // Ten times what the longest request needs.
            guard call.body.count < 1 << 20 else { throw Cut() }
        }
        if isTLS, call.path.hasPrefix("/private/") {
            let certificate = try await channel.nioSSL_peerCertificate().get()
            call.clientSerial = certificate.map { Hexadecimal.plain(Hexadecimal.text($0.serialNumber)) }
        }
        return call
    }

    @concurrent
    private func send(
        _ outcome: Outcome, to method: String, with writer: consuming ResponseWriter, over channel: any Channel
    ) async throws {
        if case .cut = outcome.delivery { throw Cut() }
        let body = outcome.answer.body
        var head = HTTPResponse(status: .init(code: outcome.answer.status))
        for (name, value) in outcome.answer.headers {
            if let name = HTTPField.Name(name) { head.headerFields[name] = value }
        }
        if case .stream(let stream) = outcome.delivery {
            var out: any ResponseBodyWriter = try await writer.writeHead(head)
            for piece in stream.pieces { try await out.write(ByteBuffer(bytes: piece)) }
            return try await out.finish(nil)
        }
        if outcome.answer.status != 204 { head.headerFields[.contentLength] = String(body.count) }
        guard method != "HEAD", outcome.answer.status != 204 else { return try await writer.writeResponse(head) }
        var out: any ResponseBodyWriter = try await writer.writeHead(head)
        switch outcome.delivery {
        case .half:
            try await out.write(ByteBuffer(bytes: body.prefix(body.count / 2)))
            throw Cut()
        case .drip(let milliseconds):
            for byte in body {
                try await out.write(ByteBuffer(bytes: [byte]))
                try await channel.eventLoop.sleep(milliseconds: milliseconds)
            }
        default: try await out.write(ByteBuffer(bytes: body))
        }
        try await out.finish(nil)
    }
}
