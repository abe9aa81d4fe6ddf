// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// One connection: a request at a time, each within its time.
///
/// The time runs from when nothing is under way until a whole request is here, and again from the answer: a client that
/// sends a byte now and then is as idle as one that sends none.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let pages: Pages
    private let patience: TimeAmount
    private var head: HTTPRequestHead?
    private var bodySize = 0
    private var end: Scheduled<Void>?

    /// Nothing that is served here asks for a body.
    private static let longestBody = 65_536

    init(pages: Pages, patience: TimeAmount) {
        self.pages = pages
        self.patience = patience
    }

    func handlerAdded(context: ChannelHandlerContext) { wait(context) }
    func handlerRemoved(context: ChannelHandlerContext) { end?.cancel() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            bodySize = 0
        case .body(let part):
            bodySize += part.readableBytes
            if bodySize > Self.longestBody { context.close(promise: nil) }
        case .end:
            guard let head else { return }
            self.head = nil
            end?.cancel()
            answer(head, context)
        }
    }

    private func wait(_ context: ChannelHandlerContext) {
        end?.cancel()
        end = context.eventLoop.assumeIsolated().scheduleTask(in: patience) { context.close(promise: nil) }
    }

    private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let pages = pages
        context.eventLoop.makeFutureWithTask {
            await pages.answer(request.method.rawValue, request.uri)
        }.assumeIsolated().whenSuccess { answer in
            guard context.channel.isActive else { return }
            self.send(answer, to: request, context)
        }
    }

    private func send(_ answer: Pages.Answer, to request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let body = ByteBuffer(string: answer.text)
        var head = HTTPResponseHead(version: request.version, status: .init(statusCode: answer.status))
        head.headers.add(name: "content-type", value: answer.contentType)
        head.headers.add(name: "content-length", value: "\(body.readableBytes)")
        head.headers.add(name: "cache-control", value: "no-store")
        if answer.status == 405 { head.headers.add(name: "allow", value: "GET, HEAD") }
        if !request.isKeepAlive { head.headers.add(name: "connection", value: "close") }
        wait(context)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if !request.isKeepAlive {
            written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        }
    }
}
