// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import Testing

/// A server that takes webhooks, and looks at their signatures by the function that `docs/Notifications.md` gives.
struct Receiver: Sendable {
    static let secret = "canary-hook"
    let program: Program
    let address: String
    private let log: URL

    init(port: Int, in folder: URL) throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/Notifications.md")
        log = folder.appendingPathComponent("received")
        address = "http://127.0.0.1:\(port)"
        program = Program(
            try Tools.path("python3"), ["-c", Self.script, page.path, Self.secret, "\(port)", log.path],
            environment: [:], outputLimit: 65536)
    }

    private static let script = #"""
        import http.server, json, re, sys
        page, secret, port, log = sys.argv[1:]
        exec(re.search(r"```python\n(.*?)```", open(page, encoding="utf-8").read(), re.S)[1])

        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                message = {
                    "path": self.path, "body": json.loads(body),
                    "isOurs": verify(secret.encode(), self.headers, body),
                    "isAnybodys": verify(b"another", self.headers, body) or verify(secret.encode(), self.headers, body + b" ")}
                with open(log, "a") as file:
                    print(json.dumps(message), file=file)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Receiver) as server:
            open(log, "w").close()
            server.serve_forever()
        """#

    struct Message {
        var path: String
        var body: [String: Any]
        var isOurs, isAnybodys: Bool

        var events: [[String: Any]] { body["events"] as? [[String: Any]] ?? [] }
    }

    var isListening: Bool { FileManager.default.fileExists(atPath: log.path) }

    /// Those that have come for a path, the oldest first.
    func messages(_ path: String) throws -> [Message] {
        let text = try String(contentsOf: log, encoding: .utf8)
        // What follows the last end of a line is being written.
        return try text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
            let message = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return Message(
                path: try #require(message["path"] as? String), body: try #require(message["body"] as? [String: Any]),
                isOurs: message["isOurs"] as? Bool == true, isAnybodys: message["isAnybodys"] as? Bool == true)
        }.filter { $0.path == path }
    }

    /// Whether somebody was told of this.
    func wasTold(_ kind: String, isOver: Bool = false) throws -> Bool {
        try messages("/notices").flatMap(\.events).contains {
            $0["kind"] as? String == kind && $0["isOver"] as? Bool == isOver
        }
    }
}
