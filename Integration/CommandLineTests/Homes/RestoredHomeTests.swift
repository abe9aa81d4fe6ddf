// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// A home that is lost, and put back from a backup that is older than what the CA knows.
struct RestoredHomeTests {
    private static let count = 50
    /// What was sent last shows soon, so that nobody waits for it for two minutes; a busy machine answers in this time.
    private static let quick = ["--set", "settle-time=1s", "--set", "write-deadline=12s"]

    @Test func `the same 50 commands buy nothing after a restore, and all 50 are found again`() async throws {
        try await withSCM(more: Self.quick) { command, simulator in
            let backup = try await command.backUp()
            // What is ordered now, the CA has had for a day when the home is put back.
            try simulator.control("POST", "clock", #"{"advanceSeconds": -86400}"#)
            for number in 1...Self.count {
                let first = try await order(number, command)
                #expect(first.status == 0, "\(first.error)")
            }
            let keys = try await command.items("certificate", "list").compactMap { $0["publicKeySha256"] as? String }
            #expect(try simulator.enrolments().count == Self.count && Set(keys).count == Self.count)

            try simulator.control("POST", "clock", #"{"advanceSeconds": 86400}"#)
            try await command.lose()
            try await command.restore(backup)
            #expect(try await command.items("certificate", "list").isEmpty)
            for number in 1...Self.count {
                let again = try await order(number, command)
                #expect(again.status == 0, "\(again.error)")
                #expect(again.error.contains("certificate reissue crt_"), "\(again.error)")
            }
            #expect(try simulator.enrolments().count == Self.count)
            let found = try await command.items("certificate", "list")
            #expect(Set(found.compactMap { $0["publicKeySha256"] as? String }) == Set(keys))
            #expect(found.allSatisfy { $0["hasPrivateKey"] as? Bool == false })
            #expect(try await command.run("journal", "--verify").status == 0)
            let told = try await command.attention("certificate.keyLost")
            // Ten one by one, and the others as a number.
            #expect(told.count == 11 && told.contains { ($0["what"] as? String ?? "").contains("40 more") }, "\(told)")
            // What is offered works.
            let reissued = try await command.run([
                "certificate", "reissue", "n1.example.com", "--reason", "key lost", "--key", "ec-p256", "--wait",
            ])
            #expect(reissued.status == 0, "\(reissued.error)")
            let current = try await command.json("certificate", "show", "n1.example.com")
            #expect(current["hasPrivateKey"] as? Bool == true)
            #expect(try simulator.enrolments().count == Self.count)
        }
    }

    private func order(_ number: Int, _ command: PublicCACommand) async throws -> Program.Ended {
        try await command.orderAtSCM("n\(number).example.com", "--order-key", "key-\(number)", "--wait")
    }

    @Test func `an order that was only drafted when the backup was made is looked for and not sent again`() async throws
    {
        try await withSCM(more: Self.quick) { command, simulator in
            #expect(try await command.run("account", "pause", "scm").status == 0)
            for name in ["sent", "unsent"] {
                #expect(try await command.orderAtSCM("\(name).example.com").status == 3)
            }
            let backup = try await command.backUp()
            let orders = try await command.items("order", "list")
            let unsent = try #require(
                orders.first { $0["commonName"] as? String == "unsent.example.com" }?["id"] as? String)
            #expect(try await command.run("order", "cancel", unsent, "--comments", "not yet", "--yes").status == 0)
            #expect(try await command.run("account", "resume", "scm").status == 0)
            #expect(try await command.run("run", "--until-idle").status == 0)
            #expect(try simulator.enrolments().count == 1)

            try await command.lose()
            let restored = try await command.restore(backup)
            #expect(restored["toBeLocated"] as? Int == 2)
            let drafts = try await command.items("order", "list")
            #expect(drafts.map { $0["state"] as? String } == ["submitting", "submitting"])
            #expect(try await command.run("account", "resume", "scm").status == 0)
            #expect(try await command.run("run", "--until-idle").status == 0)
            // The one that was never sent is bought now; the other one was.
            #expect(try simulator.enrolments().count == 2)
            let certificates = try await command.items("certificate", "list")
            #expect(certificates.count == 2 && certificates.allSatisfy { $0["hasPrivateKey"] as? Bool == true })
        }
    }

    @Test func `what was renewed after the backup is not renewed again, by itself or by hand`() async throws {
        try await withSCM(more: Self.quick) { command, simulator in
            for name in ["a", "b"] {
                #expect(try await command.orderAtSCM("\(name).example.com", "--wait").status == 0)
            }
            let enabled = try await command.run("auto-renew", "enable", "--days", "366", "--account", "scm", "--all")
            #expect(enabled.status == 0, "\(enabled.error)")
            let backup = try await command.backUp()
            for name in ["a", "b"] {
                #expect(try await command.run("certificate", "renew", "\(name).example.com", "--wait").status == 0)
            }
            #expect(try simulator.enrolments().count == 4)

            try await command.lose()
            try await command.restore(backup)
            let older = try #require(try await command.items("certificate", "list").first?["id"] as? String)
            #expect(try await command.attention("account.behind").count == 1)
            #expect(try await command.run("run", "--once").status == 0)
            let renewed = try await command.run("certificate", "renew", older, "--order-key", "again")
            #expect(renewed.status == 1, "\(renewed.text) \(renewed.error)")
            // The CA would refuse it, too, in other words.
            #expect(renewed.error.contains("found at the CA since the home was put back"), "\(renewed.error)")
            #expect(try await command.run("run", "--until-idle").status == 0)
            let journal = try await command.run("journal").text
            #expect(try simulator.enrolments().count == 4, "\(journal)")
            #expect(try await command.attention("account.behind").isEmpty)
            #expect(try await command.items("certificate", "list").count == 4)
        }
    }

    @Test func `renewing by hand right after a restore imports first, and then buys what nobody has`() async throws {
        try await withSCM(more: Self.quick) { command, simulator in
            #expect(try await command.orderAtSCM("a.example.com", "--wait").status == 0)
            let backup = try await command.backUp()
            try await command.lose()
            try await command.restore(backup)
            let renewed = try await command.run("certificate", "renew", "a.example.com", "--wait")
            #expect(renewed.status == 0 && renewed.error.contains("is imported first"), "\(renewed.error)")
            #expect(try simulator.enrolments().count == 2)
        }
    }

    @Test func `renewing by hand right after a restore sends nothing while the CA cannot be asked`() async throws {
        try await withSCM(more: Self.quick) { command, simulator in
            #expect(try await command.orderAtSCM("a.example.com", "--wait").status == 0)
            let backup = try await command.backUp()
            try await command.lose()
            try await command.restore(backup)
            try simulator.fault(
                #"{"kind": "error", "status": 503, "method": "GET", "path": "/api/ssl/v1", "count": 99}"#)
            let renewed = try await command.run("certificate", "renew", "a.example.com", "--wait")
            #expect(renewed.status == 69 && renewed.error.contains("nothing was sent"), "\(renewed.error)")
            #expect(try simulator.enrolments().count == 1)
        }
    }
}

extension PublicCACommand {
    /// Makes a backup, and returns where.
    func backUp(_ name: String = "backup.sqlite", at location: SourceLocation = #_sourceLocation) async throws -> URL {
        let ended = try await run("backup", file(name).path)
        #expect(ended.status == 0, "\(ended.error)", sourceLocation: location)
        return file(name)
    }

    /// The machine burns down; the master key is in a safe.
    func lose() async throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: home.path) where name != "master.key" {
            try FileManager.default.removeItem(at: home.appendingPathComponent(name))
        }
    }

    @discardableResult
    func restore(_ backup: URL) async throws -> [String: Any] { try await json("restore", backup.path) }

    /// What `status` says that needs a person, of one kind.
    func attention(_ kind: String) async throws -> [[String: Any]] {
        let ended = try await run("status", "--json")
        let document = try JSONSerialization.jsonObject(with: ended.output) as? [String: Any]
        let all = try #require(document?["attention"] as? [[String: Any]], "\(ended.text)")
        return all.filter { $0["kind"] as? String == kind }
    }
}
