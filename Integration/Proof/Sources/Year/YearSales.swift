// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// What a CA has sold, judged by nothing but the CA's own facts: whether each purchase had a reason.
struct YearSales: Sendable {
    /// Why a purchase was right, or that it was not.
    enum Reason: String, CaseIterable, Sendable, Codable {
        case first, renewal, afterRevocation, afterRejection, duplicate
    }

    private struct Sale {
        var reference: OrderReference
        var at: Date
        var decidedAt: Date
        var term: Int
        var isRejected: Bool
        var revokedAt: Date?
    }

    private(set) var count: [Reason: Int] = [:]
    private(set) var duplicates: [String] = []
    private(set) var rejected = 0
    private(set) var revoked = 0
    /// Order keys that have bought, each with its order.
    private(set) var references: [OrderKey: OrderReference] = [:]
    /// When each order was accepted.
    private(set) var accepted: [OrderReference: Date] = [:]
    private var latest: [String: Sale] = [:]
    private var names: [String] = []
    private var named: [OrderReference: String] = [:]

    /// No certificate is due before this share of its lifetime, whatever its spread is.
    private static let earliest = 0.6

    func hasSold(_ name: String) -> Bool { latest[name] != nil }

    /// When the newest certificate for a name was revoked by the CA.
    func revocation(of name: String) -> Date? { latest[name]?.revokedAt }

    mutating func sell(
        _ request: OrderRequest, as reference: OrderReference, at date: Date, decidedAt: Date, isRejected: Bool
    ) {
        let name = request.commonName
        let isRepeated = references[request.key] != nil
        let reason = isRepeated ? .duplicate : reason(for: name, at: date)
        count[reason, default: 0] += 1
        if reason == .duplicate {
            duplicates.append("\(reference) for \(name), beside \(latest[name]?.reference.rawValue ?? "none")")
        }
        if latest[name] == nil { names.append(name) }
        latest[name].map { named[$0.reference] = nil }
        latest[name] = Sale(
            reference: reference, at: date, decidedAt: decidedAt, term: request.term, isRejected: isRejected)
        named[reference] = name
        references[request.key] = reference
        accepted[reference] = date
        if isRejected { rejected += 1 }
    }

    private func reason(for name: String, at date: Date) -> Reason {
        guard let former = latest[name] else { return .first }
        if former.isRejected { return former.decidedAt <= date ? .afterRejection : .duplicate }
        if former.revokedAt != nil { return .afterRevocation }
        let due = former.decidedAt.addingTimeInterval(Double(former.term) * 86400 * Self.earliest)
        return date >= due ? .renewal : .duplicate
    }

    /// One whose certificate is good; `nil` where none is met soon.
    func pick(at date: Date, using random: inout SeededRandom) -> OrderReference? {
        for _ in 0..<20 {
            guard let name = names.randomElement(using: &random), let sale = latest[name] else { return nil }
            // A day, so that it is not revoked on its way.
            let isGood = !sale.isRejected && sale.revokedAt == nil && sale.decidedAt < date.addingTimeInterval(-86400)
            if isGood { return sale.reference }
        }
        return nil
    }

    mutating func noteRevocation(of reference: OrderReference, at date: Date) {
        guard let name = named[reference] else { return }
        latest[name]?.revokedAt = date
        revoked += 1
    }
}
