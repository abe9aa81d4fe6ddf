// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import LifecycleModel
import PublicCA
import Testing

@testable import Notifications

struct WebhookTests {
    private static let means = NoticeChannel.Means.webhook(
        address: "https://alerts.example.org:8443/in?token=1", secret: .environment("SECRET"))

    /// Calculated with OpenSSL: `printf '1767225600.{"id":"1"}' | openssl dgst -sha256 -hmac canary-4711`.
    @Test func `a signature is the HMAC of timestamp, full stop and body`() {
        let signature = WebhookSignature.of(Data(#"{"id":"1"}"#.utf8), at: "1767225600", under: "canary-4711")
        #expect(signature == "947eadb6170c17e1d47480ccfb9c4e33ff88600699338237dff217fea59f42ba")
    }

    @Test func `a message is posted with its id, its time and its signature`() async throws {
        let receiver = Receiver { 204 }
        try await Sample.notifications(receiver).deliver(Sample.notice("one", "two"), to: Sample.channel(Self.means))
        let (request, body) = try #require(receiver.all.first)
        #expect(request.method == .post && request.scheme == "https")
        #expect(request.authority == "alerts.example.org:8443" && request.path == "/in?token=1")
        #expect(request.headerFields[.contentType] == "application/json")
        #expect(request.header("Id") == "ops-1-3" && request.header("Timestamp") == "1767225600")
        let document = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
        #expect(document["id"] as? String == "ops-1-3" && document["channel"] as? String == "ops")
        #expect(document["severity"] as? String == "critical" && document["omitted"] as? Int == 0)
        #expect(document["at"] as? String == "2026-01-01T00:00:00Z")
        let events = try #require(document["events"] as? [[String: Any]])
        #expect(events.map { $0["text"] as? String } == ["one", "two"])
        #expect(Set(events[0].keys) == ["at", "kind", "severity", "subject", "name", "text", "isOver"])
        #expect(!String(decoding: body, as: UTF8.self).contains("canary-4711"))
    }

    @Test func `each attempt has the same body`() async throws {
        let receiver = Receiver { 200 }
        for _ in 1...2 {
            try await Sample.notifications(receiver).deliver(Sample.notice("one"), to: Sample.channel(Self.means))
        }
        #expect(receiver.all.map(\.body).count == 2 && Set(receiver.all.map(\.body)).count == 1)
    }

    /// The function that the document gives to receivers.
    @Test(.enabled(if: Python.isExpected)) func `the document's Python accepts a signature, and no other`() async throws
    {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        let text = try String(contentsOf: root.appendingPathComponent("docs/Notifications.md"), encoding: .utf8)
        let function = try #require(text.firstMatch(of: /```python\n((?s).*?)```/)).1
        let receiver = Receiver { 200 }
        try await Sample.notifications(receiver).deliver(
            Sample.notice("Grüße \u{1b}[2J"), to: Sample.channel(Self.means))
        let (request, body) = try #require(receiver.all.first)
        let script = """
            \(function)
            import sys
            time.time = lambda: 1767225601.0
            body = sys.stdin.buffer.read()
            headers = {"X-PublicCA-Timestamp": sys.argv[1], "X-PublicCA-Signature": sys.argv[2]}
            print(verify(b"canary-4711", headers, body), verify(b"canary-4712", headers, body),
                  verify(b"canary-4711", headers, body + b" "),
                  verify(b"canary-4711", {**headers, "X-PublicCA-Timestamp": "1767225602"}, body),
                  verify(b"canary-4711", {**headers, "X-PublicCA-Timestamp": "1767220000"}, body))
            """
        let fields = [request.header("Timestamp") ?? "", request.header("Signature") ?? ""]
        #expect(try await Python.run(script, fields, input: body) == "True False False False False\n")
    }

    @Test func `a webhook without a secret is not signed`() async throws {
        let receiver = Receiver { 200 }
        let means = NoticeChannel.Means.webhook(address: "http://localhost", secret: nil)
        try await Sample.notifications(receiver).deliver(Sample.notice("one"), to: Sample.channel(means))
        #expect(receiver.all.first?.request.header("Signature") == nil)
        #expect(receiver.all.first?.request.path == "/")
    }

    @Test(arguments: [
        (301, false), (400, false), (401, false), (404, false), (410, false), (408, true), (429, true), (500, true),
        (503, true),
    ])
    func `an answer tells whether trying again may help`(_ status: Int, _ mayPass: Bool) async throws {
        await #expect(throws: DeliveryFailure("it answered \(status)", mayPass: mayPass)) {
            try await Sample.notifications(Receiver { status }).deliver(
                Sample.notice("one"), to: Sample.channel(Self.means))
        }
    }

    @Test func `no answer is tried again`() async throws {
        let silent = Receiver { () throws(TransportError) in throw .interrupted("timeout\n") }
        await #expect(throws: DeliveryFailure("no whole answer came back: timeout\\u{a}")) {
            try await Sample.notifications(silent).deliver(Sample.notice("one"), to: Sample.channel(Self.means))
        }
    }

    @Test(arguments: ["ftp://example.org", "https://", "nothing", "https://user:pass@example.org/"])
    func `what is no address, or holds a password, is refused and not repeated`(_ address: String) async throws {
        let receiver = Receiver { 200 }
        let channel = Sample.channel(.webhook(address: address, secret: nil))
        let failure = await #expect(throws: DeliveryFailure.self) {
            try await Sample.notifications(receiver).deliver(Sample.notice("one"), to: channel)
        }
        #expect(failure?.mayPass == false && failure?.description.contains("pass@") == false)
        #expect(receiver.all.isEmpty)
    }

    @Test func `a secret that cannot be read sends nothing`() async throws {
        let receiver = Receiver { 200 }
        let channel = Sample.channel(.webhook(address: "https://example.org", secret: .environment("OTHER")))
        await #expect(throws: DeliveryFailure("no secret", mayPass: false)) {
            try await Sample.notifications(receiver).deliver(Sample.notice("one"), to: channel)
        }
        #expect(receiver.all.isEmpty)
    }
}

extension HTTPRequest {
    fileprivate func header(_ name: String) -> String? {
        HTTPField.Name("X-PublicCA-\(name)").flatMap { headerFields[$0] }
    }
}
