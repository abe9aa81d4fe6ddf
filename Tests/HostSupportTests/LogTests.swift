// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import LifecycleEngine
import LifecycleModel
import Logging
import Monitoring
import PublicCA
import Synchronization
import Testing

@testable import HostSupport

struct LogTests {
    /// What is written when something is logged.
    private func lines(
        _ format: HostConfiguration.LogFormat, level: Logger.Level = .trace, _ body: (Logger) throws -> Void
    ) rethrows -> [String] {
        let written = Mutex("")
        let logger = Logger(label: "test") { _ in
            StandardErrorHandler(format: format, logLevel: level) { line in
                written.withLock { $0 += String(decoding: line, as: UTF8.self) }
            }
        }
        try body(logger)
        return written.withLock { $0.split(separator: "\n").map(String.init) }
    }

    private func members(_ line: String?) throws -> [String: Any] {
        let line = try #require(line)
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test func `a step is a sentence, and fields of its own`() throws {
        let log = { (logger: Logger) in
            EngineLog(logger).write(.stepped(.order(OrderID("ord_1")), step: "submit", note: "it is placed"))
        }
        #expect(lines(.text, log) == ["info: ord_1 submit: it is placed kind=order outcome=stepped"])
        let fields = try members(lines(.json, log).first)
        #expect(fields["message"] as? String == "ord_1 submit: it is placed")
        #expect(fields["kind"] as? String == "order" && fields["subject"] as? String == "ord_1")
        #expect(fields["step"] as? String == "submit" && fields["outcome"] as? String == "stepped")
        #expect(fields["level"] as? String == "info" && fields["at"] is String)
    }

    @Test(arguments: HostConfiguration.LogFormat.allCases)
    func `an exchange is told without its query`(_ format: HostConfiguration.LogFormat) throws {
        let request = HTTPRequest(
            method: .get, scheme: "https", authority: "ca.example", path: "/ssl/4711?password=canary",
            headerFields: [.authorization: "canary"])
        let exchange = Exchange(request, .answered(status: 503, bytes: 7), after: .milliseconds(1234))
        let line = try #require(
            lines(format) { EngineLog($0).write(exchange, account: "main", provider: "sectigo") }.first)
        #expect(!line.contains("canary") && !line.contains("4711"))
        guard format == .json else {
            return #expect(line.hasPrefix("debug: GET ca.example/ssl/{id} 503, 7 bytes, 1234 ms account=main"))
        }
        let fields = try members(line)
        #expect(fields["status"] as? Int == 503 && fields["milliseconds"] as? Int == 1234)
        #expect(fields["account"] as? String == "main" && fields["provider"] as? String == "sectigo")
        #expect(fields["outcome"] as? String == "transient" && fields["path"] as? String == "/ssl/{id}")
    }

    @Test func `other events keep their level and their fields`() throws {
        let written = lines(.json) { logger in
            let log = EngineLog(logger)
            log.write(.accountPaused("main", reason: "wrong password"))
            log.write(.deferred(.account("main"), step: "sync", reason: "no secret"))
            log.write(.dropped(.order(OrderID("ord_1")), step: "poll", reason: "late"))
            log.write(
                .imported(
                    ImportRun(id: ImportID("imp_1"), account: "main", options: ImportOptions(), createdAt: Date())))
        }
        let all = try written.map { try members($0) }
        #expect(all.map { $0["level"] as? String } == ["warning", "warning", "info", "info"])
        #expect(all.map { $0["outcome"] as? String } == ["paused", "deferred", "dropped", "stepped"])
        #expect(all[0]["account"] as? String == "main" && all[3]["account"] as? String == "main")
        #expect(all[3]["listed"] as? Int == 0 && all[3]["subject"] as? String == "imp_1")
    }

    @Test func `what others wrote begins no line of its own, and moves no cursor`() throws {
        let odd = "a\nerror: b\r\u{1b}[2J\u{2028}\u{202e}\u{85}ü"
        let log = { (logger: Logger) in logger.warning("\(odd)", metadata: ["reason": "x\ny"]) }
        let text = lines(.text, log)
        #expect(text == [#"warning: a\nerror: b\r\u{1B}[2J\u{2028}\u{202E}\u{0085}ü reason=x\ny"#])
        let json = lines(.json, log)
        #expect(json.count == 1)
        #expect(try members(json.first)["message"] as? String == odd)
    }

    @Test func `fields keep their kinds, and none takes the place of the time or the level`() throws {
        let written = lines(.json) { logger in
            var logger = logger
            logger[metadataKey: "host"] = "a"
            logger.info(
                "done",
                metadata: [
                    "level": "odd", "whole": .stringConvertible(7), "part": .stringConvertible(0.5),
                    "truth": .stringConvertible(true), "list": ["a", "b"], "object": ["x": "y"],
                    "none": .stringConvertible(Double.nan),
                ])
        }
        let fields = try members(written.first)
        #expect(fields["level"] as? String == "info" && fields["host"] as? String == "a")
        #expect(fields["whole"] as? Int == 7 && fields["part"] as? Double == 0.5 && fields["truth"] as? Bool == true)
        #expect(fields["list"] as? [String] == ["a", "b"] && fields["object"] as? [String: String] == ["x": "y"])
        #expect(fields["none"] as? String == "nan")
    }

    @Test func `what is below the level is not written`() {
        #expect(lines(.text, level: .warning) { $0.info("no") }.isEmpty)
        #expect(lines(.text, level: .warning) { $0.error("yes") } == ["error: yes"])
    }

    @Test func `lines for programs are for services that nobody watches, unless it is said otherwise`() {
        func isJSON(_ format: HostConfiguration.LogFormat?, isJSON: Bool = false, isUnattended: Bool) -> Bool {
            EngineLog.format(configured: format, isJSON: isJSON, isUnattended: isUnattended, isTerminal: false) == .json
        }
        #expect(isJSON(nil, isUnattended: true) && !isJSON(nil, isUnattended: false))
        #expect(!isJSON(.text, isUnattended: true) && isJSON(.json, isUnattended: false))
        #expect(isJSON(.text, isJSON: true, isUnattended: false))
        #expect(EngineLog.format(configured: nil, isJSON: false, isUnattended: true, isTerminal: true) == .text)
    }
}
