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
    private let asked = Mutex(0)

    init(_ parts: [Data]) { replies = parts.map { Self.reply($0) } }

    /// The status of the reply that was given last; `nil` where there was none.
    var lastStatus: Int? {
        let asked = asked.withLock { $0 }
        guard asked > 0, asked <= Self.patience else { return nil }
        return replies.isEmpty ? nil : replies[min(asked, replies.count) - 1].response.status.code
    }

    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        let index = asked.withLock { asked in
            asked += 1
            return asked - 1
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

    private static let secrets: [UInt8: [UInt8]] = {
        let form = Refusal.canary.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return [
            2: Array(Refusal.canary.utf8), 3: Array(Data(Refusal.canary.utf8).base64EncodedData()), 4: Array(form.utf8),
        ]
    }()

    /// The bytes with the secret in its places.
    static func filled(_ bytes: Data) -> Data {
        guard bytes.contains(where: { (2...4).contains($0) }) else { return Data(bytes) }
        return Data(bytes.flatMap { secrets[$0] ?? [$0] })
    }
}
