// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import PublicCA

/// Finds what a person wants the journal of: an id or its beginning, an account, or a common name. The journal outlives
/// what it tells of, so that it is looked into where no record is found.
struct JournalFinder: Sendable {
    let repository: any LifecycleRepository

    init(_ repository: any LifecycleRepository) { self.repository = repository }

    /// Throws `notFound` where the journal has no line of it, and `badInput` where it may be several things.
    func narrow(_ query: inout JournalQuery, to text: String) async throws(LifecycleError) {
        guard !text.isEmpty else {
            throw LifecycleError(
                .badInput, "nothing is named", hint: "give an id, a name or an account, or leave it out")
        }
        if let kind = Self.kinds[String(text.prefix(4)).lowercased()] {
            query.subject = try await subject(kind, text.lowercased())
            return
        }
        query.subject = .account(text)
        if try await reading({ () async throws(RepositoryError) in try await repository.account(text) }) != nil {
            return
        }
        if try await hasLines(query) { return }
        query.subject = nil
        query.name = Finder.normalized(text)
        guard try await hasLines(query) else { throw unknown("\"\(text)\"") }
    }

    private static let kinds = [
        "ord_": "order", "crt_": "certificate", "rev_": "revocation", "imp_": "import", "mgd_": "managed",
    ]

    private func subject(_ kind: String, _ beginning: String) async throws(LifecycleError) -> Subject {
        var query = JournalQuery()
        query.subject = Subject(kind: kind, id: beginning)
        if let whole = query.subject, try await hasLines(query) { return whole }
        var ids = try await recorded(kind, beginning)
        if ids.isEmpty { ids = try await mentioned(kind, beginning) }
        guard let first = ids.first else { throw unknown(beginning) }
        guard ids.count == 1 else {
            let candidates = ids.prefix(5).joined(separator: ", ") + (ids.count > 5 ? ", …" : "")
            throw LifecycleError(.badInput, "\(beginning) may be any of \(candidates)", hint: "give more of the id")
        }
        return Subject(kind: kind, id: first)
    }

    /// What is on record and begins so.
    private func recorded(_ kind: String, _ beginning: String) async throws(LifecycleError) -> [String] {
        try await reading { () async throws(RepositoryError) in
            switch kind {
            case "order":
                var query = OrderQuery()
                query.idPrefix = beginning
                query.limit = 6
                return try await repository.orders(query).items.map(\.id.rawValue)
            case "certificate":
                var query = CertificateQuery()
                query.idPrefix = beginning
                query.limit = 6
                return try await repository.certificates(query).items.map(\.id.rawValue)
            default: return []
            }
        }
    }

    /// What the journal tells of and begins so: reads all of it.
    private func mentioned(_ kind: String, _ beginning: String) async throws(LifecycleError) -> [String] {
        var ids: Set<String> = []
        var query = JournalQuery()
        while true {
            let wanted = query
            let page = try await reading { () async throws(RepositoryError) in try await repository.journal(wanted) }
            for entry in page.items where entry.subject.kind == kind && entry.subject.id.hasPrefix(beginning) {
                ids.insert(entry.subject.id)
            }
            guard query.goOn(behind: page) else { return ids.sorted() }
        }
    }

    private func hasLines(_ query: JournalQuery) async throws(LifecycleError) -> Bool {
        var first = query
        first.limit = 1
        let wanted = first
        return try await reading { () async throws(RepositoryError) in
            try await !repository.journal(wanted).items.isEmpty
        }
    }

    private func unknown(_ what: String) -> LifecycleError {
        let isImport = what.hasPrefix("imp_")
        return LifecycleError(
            .notFound, "the journal tells of no \(what)",
            hint: isImport
                ? "imports are told of with their account: publicca journal ACCOUNT" : "see: publicca journal")
    }
}
