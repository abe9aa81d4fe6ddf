// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import HTTPTypes
import LifecycleModel
import PublicCA

/// A POST of JSON to an address.
struct Webhook {
    private let target: WebAddress
    private let secret: Secret?

    /// Throws for what is no address of HTTP.
    init(address: String, secret: Secret?) throws(DeliveryFailure) {
        guard let target = WebAddress(address) else {
            throw DeliveryFailure("its address is none of HTTP, or holds a password", mayPass: false)
        }
        self.target = target
        self.secret = secret
    }

    func post(
        _ body: Data, id: String, at now: Date, _ transport: any HTTPTransport
    ) async throws(DeliveryFailure) {
        let reply: HTTPReply
        do throws(TransportError) {
            reply = try await transport.send(request(for: body, id: id, at: now), body: body)
        } catch {
            switch error {
            case .notSent(let reason): throw DeliveryFailure("nothing was sent: \(reason.forMessages)")
            case .interrupted(let reason): throw DeliveryFailure("no whole answer came back: \(reason.forMessages)")
            }
        }
        let status = reply.response.status
        guard status.kind != .successful else { return }
        throw DeliveryFailure("it answered \(status.code)", mayPass: status.mayPass)
    }

    func request(for body: Data, id: String, at now: Date) -> HTTPRequest {
        var request = target.request(.post, [.contentType: "application/json", .userAgent: "publicca"])
        let timestamp = "\(Int(now.timeIntervalSince1970))"
        for (name, value) in [("Id", id.forHeaders), ("Timestamp", timestamp), ("Signature", sign(body, timestamp))] {
            guard let value, let name = HTTPField.Name("X-PublicCA-\(name)") else { continue }
            request.headerFields[name] = value
        }
        return request
    }

    private func sign(_ body: Data, _ timestamp: String) -> String? {
        secret?.reveal { "sha256=\(WebhookSignature.of(body, at: timestamp, under: $0))" }
    }
}

/// Proves to a receiver that a message is ours, and when it was sent.
enum WebhookSignature {
    /// HMAC-SHA256, in lower-case hex, over the timestamp as it stands in the header, a full stop, and the body.
    static func of(_ body: Data, at timestamp: String, under secret: String) -> String {
        let key = SymmetricKey(data: Data(secret.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(timestamp).".utf8) + body, using: key)
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
