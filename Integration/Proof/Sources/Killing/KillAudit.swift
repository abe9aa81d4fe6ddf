// SPDX-License-Identifier: Apache-2.0

import Foundation
import SwiftASN1
import X509

/// Counts at the CA and here, when everything rests.
struct KillAudit: Sendable {
    let home: KillingHome
    let scm: SimulatorProcess

    func report(_ wishes: [KillingWish]) async throws -> KillReport {
        let orders = try await home.orders()
        for order in orders where !order.rests || (order.state != "completed" && order.problem == nil) {
            home.tally.complain("\(order.id) is \(order.state), and does not say why")
        }
        check(orders, against: wishes)
        let verified = try await home.run(["journal", "--verify"])
        if verified.status != 0 { home.tally.complain("the journal: \(verified.message)") }

        // In the CA's writing there are colons.
        let bought = try await scm.enrolments().flatMap(\.serialNumbers).map { $0.lowercased().filter { $0 != ":" } }
        let certificates = try await home.certificates()
        var kept: Set<String> = []
        for certificate in certificates {
            if try await hasItsKey(certificate) { kept.insert(certificate.serialNumber) }
        }
        let counts = home.tally.counts
        return KillReport(
            wanted: wishes.count, bought: bought.count, kept: kept.intersection(bought).count,
            keysLost: certificates.count - kept.count,
            unkept: orders.filter { $0.state != "completed" }
                .map { "\($0.id) is \($0.state): \($0.problem ?? "no reason")" },
            silent: counts.silent, told: counts.told, kills: counts.kills, decisions: counts.decisions,
            commands: counts.commands, calls: try await scm.calls())
    }

    /// Each wish has one order, and no order is without a wish.
    private func check(_ orders: [KillingHome.Order], against wishes: [KillingWish]) {
        func title(_ kind: String, _ name: String) -> String { "\(kind) order for \(name)" }
        let wanted = Dictionary(wishes.map { (title($0.kind.rawValue, $0.name), 1) }) { $0 + $1 }
        let there = Dictionary(orders.map { (title($0.kind, $0.commonName), 1) }) { $0 + $1 }
        for what in Set(wanted.keys).union(there.keys).sorted() where wanted[what] != there[what] {
            home.tally.complain("\(there[what] ?? 0) times \(what), and not \(wanted[what] ?? 0) times")
        }
    }

    /// Whether the certificate can be exported with a private key, and the key is its own.
    private func hasItsKey(_ certificate: KillingHome.Certificate) async throws -> Bool {
        let file = "\(home.folder)/export.pem"
        let said = try await home.run(
            ["certificate", "export", certificate.id, "--format", "pem", "--with-key", "--out", file])
        guard said.status == 0 else { return false }
        let documents = try PEMDocument.parseMultiple(pemString: try String(contentsOfFile: file, encoding: .utf8))
        try FileManager.default.removeItem(atPath: file)
        guard let key = documents.first(where: { $0.discriminator.hasSuffix("PRIVATE KEY") }),
            let leaf = documents.first(where: { $0.discriminator == "CERTIFICATE" })
        else { return false }
        let exported = try X509.Certificate(pemDocument: leaf)
        return try X509.Certificate.PrivateKey(pemDocument: key).publicKey == exported.publicKey
            && exported.serialNumber.bytes.map { String(format: "%02x", $0) }.joined() == certificate.serialNumber
    }
}
