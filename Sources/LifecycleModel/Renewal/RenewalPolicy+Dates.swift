// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import PublicCA

extension RenewalPolicy {
    func dueDate(for input: RenewalInput) -> (Date, RenewalReason, note: String) {
        let span = span(for: input.certificate, input.autoRenewal)
        let date = Spread.date(of: input.certificate.id.rawValue, from: span.from, width: span.width)
        switch span.rule {
        case .suggested(let window):
            let why = window.explanation.map { ": \($0)" } ?? ""
            return (date, .suggestedByCA, "in the window that the CA suggests\(why)")
        case .latest(let rule): return (date, .expiring, rule)
        case .half(let insteadOf):
            return (date, .expiring, "\(insteadOf) would be before half of its lifetime: then")
        }
    }

    func span(for certificate: IssuedCertificate, _ choice: AutoRenewal) -> DueSpan {
        if choice.followsCA, let window = certificate.suggestedRenewal {
            return DueSpan(
                rule: .suggested(window), from: window.from, width: window.until.timeIntervalSince(window.from))
        }
        let facts = certificate.facts
        let (latest, rule) = latest(facts, choice)
        // However many days are asked for, half of its life it lives: or each successor would be due at once.
        let earliest = facts.notBefore.addingTimeInterval(facts.lifetime / 2)
        // Earlier, never later than what was asked for.
        let width = facts.lifetime * spread
        let from = latest.addingTimeInterval(-width)
        guard Spread.date(of: certificate.id.rawValue, from: from, width: width) < earliest else {
            return DueSpan(rule: .latest(rule), from: from, width: width)
        }
        return DueSpan(rule: .half(insteadOf: rule), from: earliest, width: width)
    }

    /// After which nothing is tried any more, where trying began at a date: half of the time is gone that was left then,
    /// and a person has the other half. For a day it is tried in any case.
    package func endOfTrying(on facts: CertificateFacts, from began: Date) -> Date {
        max(lastAttempt(for: facts, dueAt: began), began.addingTimeInterval(86400))
    }

    /// When a person is asked, where trying begins at a date and comes to nothing: when the schedule has ended, or the time
    /// for trying, whichever is first.
    package func givingUp(on facts: CertificateFacts, tryingFrom began: Date, _ retry: RetrySchedule) -> Date {
        min(began.advanced(by: retry.failures.reduce(.zero, +)), endOfTrying(on: facts, from: began))
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

/// The dates at which a certificate may be due. Its id tells at which of them it is.
struct DueSpan: Hashable, Sendable {
    enum Rule: Hashable, Sendable {
        case suggested(SuggestedRenewal)
        /// At the end of the span, as somebody has chosen, or nobody.
        case latest(String)
        /// What was chosen would be too early.
        case half(insteadOf: String)
    }

    var rule: Rule
    var from: Date
    var width: TimeInterval
}

extension CertificateFacts {
    /// In seconds.
    public var lifetime: Double { max(0, notAfter.timeIntervalSince(notBefore)) }
}
