// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import Testing

@testable import SectigoProvider

struct MappingTests {
    @Test(arguments: [
        ("05/21/2026", 1_779_321_600.0), ("2026-05-21", 1_779_321_600), ("21.05.2026", 1_779_321_600),
        ("2026/05/21", 1_779_321_600), ("2026-05-21T10:20:30.123Z", 1_779_358_830),
        ("2026-05-21T10:20:30Z", 1_779_358_830), ("2026-05-21 10:20:30", 1_779_358_830),
        ("05/21/2026 10:20:30", 1_779_358_830), ("2026-05-21T12:20:30+02:00", 1_779_358_830),
        ("2026-05-21T12:20:30.123+0200", 1_779_358_830), (" 5/21/2026", 1_779_321_600),
        ("21/05/2026", 1_779_321_600), ("1779321600000", 1_779_321_600),
    ])
    func `dates are read in every style`(_ text: String, _ seconds: Double) {
        #expect(SectigoDates.date(text)?.timeIntervalSince1970 == seconds)
    }

    @Test func `a day with slashes may be two days, and what has one reading is one`() {
        let days = SectigoDates.readings("05/06/2026").map(\.timeIntervalSince1970)
        #expect(days == [1_778_025_600, 1_780_617_600])
        #expect(
            ["05/21/2026", "21/05/2026", "06.05.2026", "2026-05-06"].allSatisfy { SectigoDates.readings($0).count == 1 }
        )
    }

    @Test(arguments: ["", "soon", "5/21", "2026", "21-05-26", "13/40/2026", "1779321600"])
    func `what is no date is none`(_ text: String) {
        #expect(SectigoDates.date(text) == nil)
    }

    @Test func `the key travels at the end of the comments and comes back`() {
        let key = OrderKey("pca-01m87dwem81qa0wnwzf2")
        let text = OrderComments.join("for the shop [blue]", key)
        #expect(text == "for the shop [blue] [order key pca-01m87dwem81qa0wnwzf2]")
        #expect(OrderComments.split(text).comments == "for the shop [blue]")
        #expect(OrderComments.split(text).key == key)
        #expect(OrderComments.split(text + " \r\n").key == key)
        #expect(OrderComments.split(OrderComments.join("", key)).key == key)
        #expect(OrderComments.split(OrderComments.join("", key)).comments == "")
    }

    @Test func `comments that leave no room go without the key`() {
        let full = String(repeating: "x", count: 1024)
        #expect(OrderComments.join(full, OrderKey("pca-1")) == full)
        #expect(OrderComments.split(full).key == nil)
        #expect(OrderComments.split("seen [order key ]").key == nil)
        // Two units each, as Java counts.
        let pictures = String(repeating: "🔑", count: 507)
        #expect(OrderComments.join(pictures, OrderKey("pca-1")) == pictures)
    }

    @Test(arguments: [("RSA", "2048", "rsa-2048"), ("EC", "P-256", "ec-p256"), ("EC", "P-521", "ec-p521")])
    func `key types are ours`(_ kind: String, _ size: String, _ ours: String) {
        #expect(KeyTypes.algorithm(kind, size).rawValue == ours)
        #expect(KeyTypes.algorithm("\(kind) - \(size)")?.rawValue == ours)
        #expect(KeyTypes.algorithm("\(kind.lowercased())-\(size)")?.rawValue == ours)
    }

    @Test func `older answers tell the bits of a curve alone`() {
        #expect(KeyTypes.algorithm("ECC", "384") == .ecP384)
        #expect(KeyTypes.algorithm("RSA") == nil && KeyTypes.algorithm("") == nil)
    }

    @Test(arguments: [
        ("1", RevocationReason.keyCompromise), (#""superseded""#, .superseded), (#""KEY_COMPROMISE""#, .keyCompromise),
        (#""4""#, .superseded), (#""Cessation Of Operation""#, .cessationOfOperation),
    ])
    func `reasons are read as numbers and as words`(_ json: String, _ reason: RevocationReason) throws {
        #expect(try JSONDecoder().decode(ReasonAnswer.self, from: Data(json.utf8)).reason == reason)
    }

    @Test func `an unknown reason is none, and no failure`() throws {
        #expect(try JSONDecoder().decode(ReasonAnswer.self, from: Data("7".utf8)).reason == nil)
        #expect(try JSONDecoder().decode(ReasonAnswer.self, from: Data(#""whim""#.utf8)).reason == nil)
    }
}
