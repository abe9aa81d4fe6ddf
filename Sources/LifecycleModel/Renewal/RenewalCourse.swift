// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// The orders that follow one certificate, if all goes well: its successor's, the successor's successor's, and so on.
struct RenewalCourse {
    let policy: RenewalPolicy
    let hours: OpenHours
    let autoRenewal: AutoRenewal
    let limit: Limit

    /// What bounds a successor's lifetime, besides that of the one before.
    enum Limit {
        /// ``MaximumValidity``.
        case rules
        /// As if it were so already.
        case days(Int)

        func seconds(at date: Date) -> Double {
            let days =
                switch self {
                case .rules: MaximumValidity.days(at: date)
                case .days(let days): days
                }
            return Double(days) * 86400
        }
    }

    /// Tells of each order from now until a date.
    ///
    /// - Parameter due: when the first is due.
    func follow(
        _ certificate: IssuedCertificate, due: Date, from now: Date, until end: Date, _ order: (Date) -> Void
    ) {
        var current = certificate
        var next = Optional(due)
        var count = 0
        while let due = next {
            let date = slot(max(due, now), current)
            guard date < end else { return }
            order(date)
            count += 1
            current = successor(of: current, number: count, at: date)
            next = self.due(current, at: date)
            // What is due again at once has no lifetime to speak of.
            guard let later = next, later > date else { return }
        }
    }

    /// How long a successor that is ordered at a date lives before it is due itself.
    func rest(after certificate: IssuedCertificate, at date: Date) -> Double {
        due(successor(of: certificate, number: 1, at: date), at: date)?.timeIntervalSince(date) ?? 0
    }

    /// Within a maintenance window, where one opens before it is an emergency, and scattered over it.
    private func slot(_ due: Date, _ certificate: IssuedCertificate) -> Date {
        let emergency = policy.emergency(for: certificate.facts, dueAt: due)
        guard let window = hours.stretch(from: due), !window.contains(due), window.lowerBound < emergency else {
            return due
        }
        let width = min(window.upperBound, emergency).timeIntervalSince(window.lowerBound)
        return Spread.date(of: certificate.id.rawValue, from: window.lowerBound, width: width)
    }

    private func due(_ certificate: IssuedCertificate, at now: Date) -> Date? {
        let input = RenewalInput(certificate: certificate, autoRenewal: autoRenewal, capabilities: [])
        return policy.verdict(for: input, at: now).dueAt
    }

    /// Made anew, as what the CA said of the one before does not hold for it. Its id stands for the one that it will
    /// get: what matters is that it scatters like any other.
    private func successor(of former: IssuedCertificate, number: Int, at date: Date) -> IssuedCertificate {
        var facts = former.facts
        let lifetime = min(facts.lifetime, limit.seconds(at: date))
        facts.notBefore = date
        facts.notAfter = date.addingTimeInterval(lifetime)
        return IssuedCertificate(
            id: CertificateID("\(number)-\(former.managed.rawValue)"), account: former.account,
            managed: former.managed, order: former.order, reference: former.reference, facts: facts,
            chain: CertificateChain(certificates: []), createdAt: date)
    }
}
