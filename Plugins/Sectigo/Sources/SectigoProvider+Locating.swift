// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

/// SCM has no idempotency key, and its list knows neither comments nor dates: the list is narrowed by name, and the
/// details are read.
extension SectigoProvider: OrderLocating {
    var settleTime: Duration { Self.settleTime }

    func locate(_ attempt: OrderAttempt) async throws(ProviderError) -> Located {
        switch (attempt.kind, attempt.predecessor) {
        case (.reissue, let predecessor?): try await locateReplacement(of: predecessor, attempt)
        case (.renewal, let predecessor?): try await locateRenewal(of: predecessor, attempt)
        default: try await locateEnrolment(attempt)
        }
    }

    private func locateEnrolment(_ attempt: OrderAttempt) async throws(ProviderError) -> Located {
        let candidates = try await candidates(for: attempt, named: attempt.request.commonName, after: nil)
        // However old: it may have been bought in a former life of the home. A renewal may have copied it: the first is ours.
        let ours = candidates.filter { $0.details.key == attempt.request.key }
        if let first = ours.last(where: { !StatusWords.isRefused($0.details.status) }) ?? ours.last {
            return .found(first.order)
        }
        // There may have been no room for the key, and not every server shows an order's comments.
        let alike = candidates.filter { $0.details.key == nil && isYoungEnough($0.details.requested, attempt) }
            .map(\.order)
        return alike.isEmpty ? .absent : .undecided(alike)
    }

    /// A renewal carries no comments of ours: the successor is known by its key alone, once it is issued.
    private func locateRenewal(
        of predecessor: Predecessor, _ attempt: OrderAttempt
    ) async throws(ProviderError) -> Located {
        let former = try await details(predecessor.certificate.rawValue, "reading the renewed certificate")
        // SCM copies the names, whatever the CSR says, and with some servers the comments, the former's order key included.
        let alike = try await candidates(
            for: attempt, named: former.commonName ?? attempt.request.commonName,
            after: Int(predecessor.certificate.rawValue)
        ).filter { candidate in
            [nil, former.key].contains(candidate.details.key) && isYoungEnough(candidate.details.requested, attempt)
        }.map(\.order)
        if !alike.isEmpty { return .undecided(alike) }
        // Renewed, and the successor does not show yet.
        return former.isRenewed == true ? .undecided([]) : .absent
    }

    /// The number stays: the CA at work says that a replacement arrived, and another serial number that one was issued.
    /// Whose it is, its key tells.
    private func locateReplacement(
        of predecessor: Predecessor, _ attempt: OrderAttempt
    ) async throws(ProviderError) -> Located {
        let details = try await details(predecessor.certificate.rawValue, "reading the replaced certificate")
        if let serial = details.serial, serial != predecessor.serialNumber { return .undecided([predecessor.order]) }
        if StatusWords.isAtWork(details.status) { return .found(predecessor.order) }
        guard let day = details.replaced, !day.trimmed.isEmpty else { return .absent }
        return isYoungEnough(day, attempt) ? .undecided([predecessor.order]) : .absent
    }

    private struct Candidate {
        var order: OrderReference
        var details: SSLDetails
    }

    /// Certificates of the name, the newest number first; numbers tell no age, since what was discovered or imported is
    /// older. Where one cannot be read, it may be the one: then this fails, unless another has the order key.
    private func candidates(
        for attempt: OrderAttempt, named name: String, after least: Int?
    ) async throws(ProviderError) -> [Candidate] {
        let ids = try await ids(named: name).filter { $0 > least ?? 0 }
        let answers = try await ConcurrentReads.all(ids) { (id) throws(ProviderError) in await self.answer(of: id) }
        var candidates: [Candidate] = []
        var failure: ProviderError?
        for (id, answer) in zip(ids, answers) {
            switch answer {
            case .failure(let error): failure = failure ?? error
            case .success(let details): candidates.append(Candidate(order: OrderReference("\(id)"), details: details))
            }
        }
        if let failure, !candidates.contains(where: { $0.details.key == attempt.request.key }) { throw failure }
        return candidates
    }

    private func answer(of id: Int) async -> Result<SSLDetails, ProviderError> {
        do throws(ProviderError) {
            return .success(try await details("\(id)", "looking for the order"))
        } catch {
            return .failure(error)
        }
    }

    /// All numbers under a common name, the newest first. How SCM compares names is not told: ours are chosen here.
    ///
    /// Each page begins with the last row of the one before. Where it does not, rows have moved to pages that were read
    /// already, and ours may be one of them.
    private func ids(named name: String) async throws(ProviderError) -> [Int] {
        let purpose = "looking for the order"
        var ids: Set<Int> = []
        var seen: Set<Int> = []
        var last: Int?
        var position = 0
        while true {
            let page = try await page(
                ["ssl", "v1"], purpose, filters: [(name: "commonName", value: name)], from: position, of: SSLRow.self)
            let rows = page.rows.compactMap(\.readable)
            guard rows.count == page.rows.count else {
                throw ProviderError(.transient(retryAfter: nil), "\(purpose): a row cannot be understood")
            }
            if let last, !rows.contains(where: { $0.sslId == last }) {
                throw ProviderError(.transient(retryAfter: nil), "\(purpose): the list changed while it was read")
            }
            // One that is listed without a name may be ours.
            ids.formUnion(
                rows.filter { $0.commonName.map { $0.lowercased() == name.lowercased() } ?? true }.map(\.sslId))
            // A page without anything new is the end, whatever the total says.
            let known = seen.count
            seen.formUnion(rows.map(\.sslId))
            guard !page.isLast, seen.count > known else { return ids.sorted(by: >) }
            last = rows.last?.sslId
            position = page.end - 1
        }
    }

    /// SCM's days have no zone, and clocks differ: a day earlier is young enough, and so is what cannot be read as a day.
    /// Of two readings the younger counts, unless that day is still to come.
    private func isYoungEnough(_ text: String?, _ attempt: OrderAttempt) -> Bool {
        let readings = SectigoDates.readings(text ?? "")
        let past = readings.filter { $0 <= now().addingTimeInterval(86_400) }
        return (past.max() ?? readings.max()).map { $0 >= attempt.notBefore.addingTimeInterval(-2 * 86_400) } ?? true
    }
}
