// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

/// SCM has no idempotency key, and its list knows neither comments nor dates: the list is narrowed by name, and the
/// details of what is not older than the attempt are read.
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
        let key = attempt.request.key
        let travels =
            OrderComments.split(OrderComments.join("", key)).key == key
            && OrderComments.join(attempt.request.comments, key) != attempt.request.comments
        var alike: [OrderReference] = []
        for (id, details) in try await candidates(for: attempt, named: attempt.request.commonName, after: nil) {
            if details.key == key { return .found(OrderReference("\(id)")) }
            // Where there was no room for the key, one without any may be ours.
            if !travels, details.key == nil { alike.append(OrderReference("\(id)")) }
        }
        return alike.isEmpty ? .absent : .undecided(alike)
    }

    /// A renewal carries no comments of ours: the successor is known by its key alone, once it is issued.
    private func locateRenewal(
        of predecessor: Predecessor, _ attempt: OrderAttempt
    ) async throws(ProviderError) -> Located {
        let former = try await details(predecessor.certificate.rawValue, "reading the renewed certificate")
        // SCM copies the names, whatever the CSR says.
        let name = former.commonName ?? attempt.request.commonName
        let alike = try await candidates(for: attempt, named: name, after: Int(predecessor.certificate.rawValue))
            .filter { $0.details.key == nil || $0.details.key != attempt.request.key }
            .map { OrderReference("\($0.id)") }
        if !alike.isEmpty { return .undecided(alike) }
        // Renewed, and the successor does not show yet.
        return former.renewed == true ? .undecided([]) : .absent
    }

    /// The number stays: another serial number, or the CA at work, says that the replacement arrived.
    private func locateReplacement(
        of predecessor: Predecessor, _ attempt: OrderAttempt
    ) async throws(ProviderError) -> Located {
        let details = try await details(predecessor.certificate.rawValue, "reading the replaced certificate")
        if let serial = details.serial, serial != predecessor.serialNumber { return .found(predecessor.order) }
        if StatusWords.isAtWork(details.status) { return .found(predecessor.order) }
        guard let day = details.replaced.flatMap({ SectigoDates.date($0) }) else { return .absent }
        return isYoungEnough(day, attempt) ? .undecided([predecessor.order]) : .absent
    }

    /// Certificates of the name that are not older than the attempt, the newest first.
    private func candidates(
        for attempt: OrderAttempt, named name: String, after least: Int?
    ) async throws(ProviderError) -> [(id: Int, details: SSLDetails)] {
        var found: [(id: Int, details: SSLDetails)] = []
        for id in try await ids(named: name) where id > least ?? 0 {
            let details = try await details("\(id)", "looking for the order")
            // Numbers grow: behind one that is too old there are only older ones.
            if let day = details.requestedAt, !isYoungEnough(day, attempt) { break }
            found.append((id, details))
        }
        return found
    }

    /// All numbers under a common name, the newest first. How SCM compares names is not told: ours are chosen here.
    private func ids(named name: String) async throws(ProviderError) -> [Int] {
        var ids: Set<Int> = []
        var position = 0
        while true {
            let page = try await page(
                ["ssl", "v1"], "looking for the order", filters: [(name: "commonName", value: name)], from: position,
                of: SSLRow.self)
            for row in page.rows {
                guard let row = row.readable else {
                    throw ProviderError(
                        .transient(retryAfter: nil), "looking for the order: a row cannot be understood")
                }
                if row.commonName?.lowercased() == name.lowercased() { ids.insert(row.sslId) }
            }
            guard page.rows.count == Self.pageSize else { return ids.sorted(by: >) }
            position += page.rows.count
        }
    }

    /// SCM's days have no zone, and clocks differ: a day earlier is young enough.
    private func isYoungEnough(_ day: Date, _ attempt: OrderAttempt) -> Bool {
        day >= attempt.notBefore.addingTimeInterval(-2 * 86_400)
    }
}
