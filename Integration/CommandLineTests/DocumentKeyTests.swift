// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The keys that scripts rely on. They are only ever added.
struct DocumentKeyTests {
    private static let order: Set<String> = [
        "id", "account", "provider", "kind", "state", "wording", "reference", "commonName", "subjectAlternativeNames",
        "organization", "profile", "term", "keyAlgorithm", "comments", "requesterEmails", "certificate",
        "predecessor", "createdAt", "placedAt", "updatedAt", "nextStep", "nextDueAt", "attempts", "problem",
        "heldChain",
    ]
    private static let certificate: Set<String> = [
        "id", "account", "order", "reference", "state", "commonName", "subjectAlternativeNames", "serialNumber",
        "issuer", "notBefore", "notAfter", "daysLeft", "sha256", "publicKeySha256", "keyAlgorithm", "hasPrivateKey",
        "autoRenew", "renewAt", "renewReason", "successor", "revokedAt", "revocationReason",
    ]
    private static let account: Set<String> = [
        "name", "provider", "settings", "state", "pausedReason", "verifiedAt", "roles", "capabilities", "lastSync",
        "warnings", "restrictions", "credentialsExpireAt",
    ]

    private func missing(_ keys: Set<String>, in document: [String: Any]?) -> Set<String> {
        keys.subtracting((document ?? [:]).keys)
    }

    @Test func `orders and certificates have all their keys, also those without a value`() async throws {
        let command = try await PublicCACommand.withAccount()
        let created = try await command.json(
            "order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "www.example.org", "--key",
            "ec-p256")
        #expect(missing(Self.order, in: created).isEmpty)
        #expect(missing(Self.order, in: try await command.items("order", "list").first).isEmpty)
        let shown = try await command.json("certificate", "show", "www.example.org")
        #expect(missing(Self.certificate, in: shown).isEmpty)
        #expect(missing(Self.certificate, in: try await command.items("certificate", "list").first).isEmpty)
        #expect((shown["autoRenew"] as? [String: Any])?.keys.sorted() == ["days", "enabled"])
        let notAfter = try #require(shown["notAfter"] as? String)
        #expect(notAfter.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
        let serial = try #require(shown["serialNumber"] as? String)
        #expect(serial.wholeMatch(of: /[0-9a-f]+/) != nil)
    }

    @Test func `accounts and catalogs have their keys`() async throws {
        let command = try await PublicCACommand.withAccount(
            "--secret", "password=env:MOCK", environment: ["MOCK": "mock"])
        let account = try await command.json("account", "show", "demo")
        #expect(missing(Self.account, in: account).isEmpty)
        #expect((account["settings"] as? [String: String])?["password"] == "<secret>")
        #expect((account["lastSync"] as? [String: Any])?.keys.sorted() == ["domains", "organizations", "profiles"])
        let organization = try await command.items("catalog", "organizations", "--account", "demo").first
        #expect(missing(["id", "name", "parent", "status"], in: organization).isEmpty)
        let domain = try await command.items("catalog", "domains", "--account", "demo").first
        let domainKeys: Set = [
            "id", "name", "status", "validationStatus", "validationExpiresAt", "organizations",
        ]
        #expect(missing(domainKeys, in: domain).isEmpty)
        let profile = try await command.items("catalog", "profiles", "--account", "demo").first
        #expect(missing(["id", "name", "terms", "keyTypes", "organizations", "fields"], in: profile).isEmpty)
    }

    @Test func `journal lines, import reports and lists have their keys`() async throws {
        let command = try await PublicCACommand.withAccount()
        let report = try await command.json("order", "import", "--account", "demo")
        let reportKeys: Set = [
            "listed", "new", "changed", "unchanged", "vanished", "quarantined", "deletedHere", "awaitingCapacity",
            "withPrivateKey", "calls", "seconds",
        ]
        #expect(missing(reportKeys, in: report).isEmpty)
        let line = try await command.items("journal").first
        #expect(missing(["at", "subject", "event", "detail", "actor", "hash"], in: line).isEmpty)
        #expect(line?["actor"] as? String == "cli")
        let page = try await command.json("order", "list", "--limit", "2")
        let next = try #require(page["next"] as? String)
        let rest = try await command.json("order", "list", "--after", next)
        let ids = [page, rest].flatMap { ($0["items"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String } }
        #expect(ids.count == report["listed"] as? Int)
        #expect(ids == ids.sorted())
    }

    @Test func `an empty list is a document, and for people a hint`() async throws {
        let command = try PublicCACommand()
        for list in [["order", "list"], ["certificate", "list"], ["account", "list"], ["journal"]] {
            let document = try await command.run(list + ["--json"])
            let object = try JSONSerialization.jsonObject(with: document.output) as? [String: Any]
            #expect((object?["items"] as? [Any])?.isEmpty == true, "\(list)")
            #expect(object?["next"] is NSNull, "\(list)")
            #expect(try await command.run(list).text.hasPrefix("nothing yet; "), "\(list)")
        }
    }

    @Test func `an error is one object on standard error`() async throws {
        let command = try PublicCACommand()
        for (arguments, code) in [(["account", "show", "nobody"], "notFound"), (["order", "lost"], "badInput")] {
            let ended = try await command.run(["--json"] + arguments)
            #expect(ended.output.isEmpty)
            let object = try JSONSerialization.jsonObject(with: Data(ended.error.utf8)) as? [String: [String: Any]]
            #expect(object?["error"]?["code"] as? String == code)
            #expect(object?["error"]?["message"] is String)
            #expect(object?["error"]?.keys.contains("hint") == true)
        }
    }
}
