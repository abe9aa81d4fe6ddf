// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import PublicCA
import Synchronization

/// A server that answers what the bytes say, one reply after the other, and the last one from then on.
///
/// A reply is a line `STATUS|name: value|…`, and the body behind it. The bytes 2, 3 and 4 stand for the account's secret in
/// clear, in Base64 and as a form writes it: servers send back what they were sent.
final class ScriptedServer: HTTPTransport {
    /// Far more than any call needs that ends.
    private static let patience = 400

    private let replies: [HTTPReply]
    private let state = Mutex(State())

    private struct State {
        var asked = 0
        var isWriting = false
    }

    init(_ parts: [Data]) { replies = parts.map { Self.reply($0) } }

    /// The status of the reply that was given last, where that was to something that changes something.
    var lastWrite: Int? {
        let state = state.withLock { $0 }
        guard state.isWriting, state.asked <= Self.patience, !replies.isEmpty else { return nil }
        return replies[min(state.asked, replies.count) - 1].response.status.code
    }

    /// Whether it was asked more often than any call needs that ends.
    var isWorn: Bool { state.withLock { $0.asked > Self.patience } }

    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        let index = state.withLock { state in
            state.asked += 1
            state.isWriting = request.method == .post
            return state.asked - 1
        }
        guard let last = replies.last, index < Self.patience else { throw .notSent("nobody answers any more") }
        return index < replies.count ? replies[index] : last
    }

    private static func reply(_ part: Data) -> HTTPReply {
        let end = part.firstIndex(of: UInt8(ascii: "\n")) ?? part.endIndex
        let head = String(decoding: part[..<end], as: UTF8.self).split(separator: "|", omittingEmptySubsequences: false)
        var fields = HTTPFields()
        for field in head.dropFirst() {
            let sides = field.split(separator: ":", maxSplits: 1).map(String.init)
            guard sides.count == 2, let name = HTTPField.Name(sides[0]) else { continue }
            fields[name] = sides[1].trimmingCharacters(in: .whitespaces)
        }
        let status = head.first.flatMap { Int($0) }.flatMap { (100...599).contains($0) ? $0 : nil } ?? 200
        return HTTPReply(
            response: HTTPResponse(status: .init(code: status), headerFields: fields),
            body: filled(part[end...].dropFirst()))
    }

    private static let secrets = [UInt8: [UInt8]](
        uniqueKeysWithValues: zip(2..., Refusal.canaryForms.map { Array($0.utf8) }))

    /// The bytes with the secret in its places.
    static func filled(_ bytes: Data) -> Data {
        guard bytes.contains(where: { (2...4).contains($0) }) else { return Data(bytes) }
        return Data(bytes.flatMap { secrets[$0] ?? [$0] })
    }
}
