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
        var doubtful: [Attention] = []
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
            let before = seen
            repeat {
                query.limit = min(Self.chunk, Self.page - seen)
                let page = try await repository.certificates(query)
                note(unreadable: page.unreadable, "certificate")
                seen += page.items.count
                query.after = page.next
                for certificate in page.items {
                    guard listed < Self.listed else {
                        rest += 1
                        continue
                    }
                    if let cover = try await cover(of: certificate) {
                        guard kind == .certificateExpiresSoon, cover.managed != certificate.managed else { continue }
                        doubtful.append(attention(certificate, coveredBy: cover))
                        continue
                    }
                    note(try await attention(kind, certificate))
                    listed += 1
                }
            } while query.after != nil && listed < Self.listed && seen < Self.page
            if query.after != nil { rest += max(0, count - (seen - before)) }
        }
        let room = max(0, Self.listed - listed)
        for attention in doubtful.prefix(room) { note(attention) }
        noteOthers(
            kind, severity: rest > 0 ? nil : .warning, rest + max(0, doubtful.count - room),
            "certificates without a successor \(kind == .certificateExpired ? "have expired" : "expire soon")",
            hint: kind == .certificateExpired
                ? "publicca certificate list --state expired" : "publicca certificate list --expires-within 3")
    }

    /// Another certificate that bears all its names and lives longer, of the same managed certificate where there is one:
    /// then somebody has seen to it elsewhere, as with what was imported.
    private func cover(of certificate: IssuedCertificate) async throws(RepositoryError) -> IssuedCertificate? {
        let names = certificate.searchedNames
        var query = CertificateQuery()
        query.name = NamePattern(exactly: certificate.facts.commonName)
        query.statuses = [.valid]
        query.limit = Self.page
        let covers = try await repository.certificates(query).items.filter { other in
            other.id != certificate.id && other.isLive(at: now) && other.facts.notAfter > certificate.facts.notAfter
                && names.isSubset(of: other.searchedNames)
        }
        return covers.first { $0.managed == certificate.managed } ?? covers.first
    }

    /// Auto-renewal leaves it to the other one, which may be served elsewhere: only a person knows.
    private func attention(_ certificate: IssuedCertificate, coveredBy cover: IssuedCertificate) -> Attention {
        let (id, name) = (certificate.id, certificate.facts.commonName)
        return Attention(
            .certificateExpiresSoon, severity: .warning, subject: id.rawValue, name: name,
            what: "\(id) \(name) expires \(days(until: certificate.facts.notAfter)), and only \(cover.id) of the same "
                + "names goes on: is it served where this one was?",
            hint: "publicca certificate show \(cover.id), or, when this one is needed: publicca certificate renew \(id)"
        )
    }

    mutating func certificate(_ id: CertificateID) async throws(RepositoryError) -> IssuedCertificate? {
        let repository = repository
        return try await readable(id.rawValue, "certificate") { () async throws(RepositoryError) in
            try await repository.certificate(id)
        }
    }

    private mutating func attention(
        _ kind: Attention.Kind, _ certificate: IssuedCertificate
    ) async throws(RepositoryError) -> Attention {
        let (id, name, repository) = (certificate.id, certificate.facts.commonName, repository)
        let order = try await readable(id.rawValue, "order") { () async throws(RepositoryError) in
            try await repository.unfinishedSuccessor(of: id)
        }
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
