// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension RenewalPolicy {
    func dueDate(for input: RenewalInput) -> (Date, RenewalReason, note: String) {
        let facts = input.certificate.facts
        let id = input.certificate.id.rawValue
        if input.autoRenewal.followsCA, let window = input.certificate.suggestedRenewal {
            let date = Spread.date(
                of: id, from: window.from, width: window.until.timeIntervalSince(window.from))
            let why = window.explanation.map { ": \($0)" } ?? ""
            return (date, .suggestedByCA, "in the window that the CA suggests\(why)")
        }
        let (latest, rule) = latest(facts, input.autoRenewal)
        // However many days are asked for, half of its life it lives: or each successor would be due at once.
        let earliest = facts.notBefore.addingTimeInterval(facts.lifetime / 2)
        // Earlier, never later than what was asked for.
        let width = facts.lifetime * spread
        let date = Spread.date(of: id, from: latest.addingTimeInterval(-width), width: width)
        guard date < earliest else { return (date, .expiring, rule) }
        return (
            Spread.date(of: id, from: earliest, width: width), .expiring,
            "\(rule) would be before half of its lifetime: then"
        )
    }

    private func latest(_ facts: CertificateFacts, _ choice: AutoRenewal) -> (Date, rule: String) {
        if let days = choice.days {
            let date = facts.notAfter.addingTimeInterval(-Double(days) * 86400)
            return (date, "\(days) \(days == 1 ? "day" : "days") before it expires")
        }
        let share = min(max(choice.share ?? share, Self.sensibleShares.lowerBound), Self.sensibleShares.upperBound)
        return (
            facts.notBefore.addingTimeInterval(facts.lifetime * share),
            "at \(Int((share * 100).rounded())) % of its lifetime"
        )
    }
}

extension CertificateFacts {
    /// In seconds.
    public var lifetime: Double { max(0, notAfter.timeIntervalSince(notBefore)) }
}
