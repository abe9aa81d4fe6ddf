// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Certificates whose validity ends, or has ended, without anything to follow.
extension AttentionReading {
    mutating func readCertificates() async throws(RepositoryError) {
        let month = now.addingTimeInterval(-30 * 86400)..<now
        try await readEnding(.certificateExpired, in: month, Counts.days(of: month).reversed())
        let soon = now..<now.addingTimeInterval(3 * 86400)
        try await readEnding(.certificateExpiresSoon, in: soon, Counts.days(of: soon))
    }

    /// Day by day, the nearest first, until enough is found: how many end on the other days is counted already.
    private mutating func readEnding(
        _ kind: Attention.Kind, in window: Range<Date>, _ days: [Int]
    ) async throws(RepositoryError) {
        var (listed, seen, rest) = (0, 0, 0)
        for day in days {
            let count = counts.expiring[day, default: 0]
            guard count > 0 else { continue }
            guard listed < Self.listed, seen < Self.page else {
                rest += count
                continue
            }
            let start = Date(timeIntervalSince1970: Double(day) * 86400)
            var query = CertificateQuery()
            query.statuses = [.valid]
            query.withoutSuccessor = true
            query.notAfter = (start..<start.addingTimeInterval(86400)).clamped(to: window)
            query.limit = Self.page - seen
            let page = try await repository.certificates(query)
            note(unreadable: page.unreadable, "certificate")
            seen += page.items.count
            if page.next != nil { rest += max(0, count - page.items.count) }
            for certificate in page.items {
                guard listed < Self.listed else {
                    rest += 1
                    continue
                }
                guard try await !isCovered(certificate) else { continue }
                note(try await attention(kind, certificate))
                listed += 1
            }
        }
        noteOthers(
            kind, rest,
            "certificates without a successor \(kind == .certificateExpired ? "have expired" : "expire soon")",
            hint: kind == .certificateExpired
                ? "publicca certificate list --state expired" : "publicca certificate list --expires-within 3")
    }

    /// Whether another certificate bears all its names and lives longer: then somebody has seen to it elsewhere, as with
    /// what was imported.
    private func isCovered(_ certificate: IssuedCertificate) async throws(RepositoryError) -> Bool {
        let names = certificate.searchedNames
        var query = CertificateQuery()
        query.name = NamePattern(certificate.facts.commonName)
        query.statuses = [.valid]
        query.limit = Self.page
        guard query.name?.isLiteral == true else { return false }
        return try await repository.certificates(query).items.contains { other in
            other.id != certificate.id && other.isLive(at: now) && other.facts.notAfter > certificate.facts.notAfter
                && names.isSubset(of: other.searchedNames)
        }
    }

    private func attention(
        _ kind: Attention.Kind, _ certificate: IssuedCertificate
    ) async throws(RepositoryError) -> Attention {
        let (id, name) = (certificate.id, certificate.facts.commonName)
        let order = try await repository.unfinishedSuccessor(of: id)
        let verb = kind == .certificateExpired ? "expired" : "expires"
        let state = order.map { "; \($0.id), which is to succeed it, is \($0.phase.rawValue)" } ?? ""
        let drop =
            kind == .certificateExpired ? ", or, when it is needed no more: publicca certificate delete \(id)" : ""
        return Attention(
            kind, subject: id.rawValue, name: name,
            what: "\(id) \(name) \(verb) \(days(until: certificate.facts.notAfter)) and has no successor\(state)",
            hint: order.map { "publicca order show \($0.id)" } ?? "publicca certificate renew \(id)\(drop)",
            since: kind == .certificateExpired ? certificate.facts.notAfter : nil)
    }
}

extension Counts {
    /// The keys of ``expiring`` that a range of dates touches, earliest first.
    fileprivate static func days(of range: Range<Date>) -> [Int] {
        Array(day(of: range.lowerBound)...day(of: range.upperBound))
    }
}
