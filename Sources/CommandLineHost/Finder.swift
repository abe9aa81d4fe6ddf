// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Finds what a person named: by an id, by its unambiguous beginning, or by a common name that exactly one live thing
/// bears.
struct Finder: Sendable {
    let repository: any LifecycleRepository
    let now = Date()

    init(_ repository: any LifecycleRepository) { self.repository = repository }

    func order(_ text: String) async throws(LifecycleError) -> Order {
        if text.hasPrefix("ord_") {
            var query = OrderQuery()
            query.idPrefix = text.lowercased()
            query.limit = 6
            let found = try await page(query)
            return try single(found, text, "order", list: "publicca order list") { "\($0.id) \($0.details.commonName)" }
        }
        try refuseOtherID(text, "an order", "ord_")
        let named = try await orders(named: Self.normalized(text))
        var live: [Order] = []
        for order in named where try await isLive(order) { live.append(order) }
        // While a certificate is being renewed or reissued, it is the new order that people ask about.
        let succeeded = Set(live.filter { !$0.phase.isFinal }.compactMap(\.predecessor))
        let meant = live.filter { order in !order.phase.isFinal || order.certificate.map(succeeded.contains) != true }
        if meant.count == 1, let order = meant.first { return order }
        return try unnamed(live.isEmpty ? named : live, text, "order", list: "publicca order list") {
            "\($0.id) (\($0.phase.rawValue))"
        }
    }

    func certificate(_ text: String) async throws(LifecycleError) -> IssuedCertificate {
        if text.hasPrefix("crt_") {
            var query = CertificateQuery()
            query.idPrefix = text.lowercased()
            query.limit = 6
            let found = try await page(query)
            return try single(found, text, "certificate", list: "publicca certificate list") {
                "\($0.id) \($0.facts.commonName)"
            }
        }
        try refuseOtherID(text, "a certificate", "crt_")
        let named = try await certificates(named: Self.normalized(text))
        let live = named.filter { $0.isLive(at: now) }
        if live.count == 1, let certificate = live.first { return certificate }
        return try unnamed(live.isEmpty ? named : live, text, "certificate", list: "publicca certificate list") {
            "\($0.id) (\($0.status(at: now).rawValue), until \(Dates.text($0.facts.notAfter).prefix(10)))"
        }
    }

    /// All that bear this name as their common name, however many.
    private func orders(named name: String) async throws(LifecycleError) -> [Order] {
        var query = OrderQuery()
        query.name = NamePattern(exactly: name)
        query.limit = 1000
        var named: [Order] = []
        repeat {
            let wanted = query
            let page = try await reading { () async throws(RepositoryError) in try await repository.orders(wanted) }
            named += try page.whole("order").filter { $0.details.commonName == name }
            query.after = page.next
        } while query.after != nil
        return named
    }

    private func certificates(named name: String) async throws(LifecycleError) -> [IssuedCertificate] {
        var query = CertificateQuery()
        query.name = NamePattern(exactly: name)
        query.limit = 1000
        var named: [IssuedCertificate] = []
        repeat {
            let wanted = query
            let page = try await reading { () async throws(RepositoryError) in
                try await repository.certificates(wanted)
            }
            named += try page.whole("certificate").filter { $0.facts.commonName == name }
            query.after = page.next
        } while query.after != nil
        return named
    }

    /// Under way, or with a certificate that is in force and has no successor.
    private func isLive(_ order: Order) async throws(LifecycleError) -> Bool {
        guard order.phase.isFinal else { return true }
        guard order.phase == .completed, let id = order.certificate else { return false }
        return try await reading { () async throws(RepositoryError) in
            try await repository.certificate(id)?.isLive(at: now) ?? false
        }
    }

    private func page(_ query: OrderQuery) async throws(LifecycleError) -> [Order] {
        try await reading { () async throws(RepositoryError) in try await repository.orders(query) }.whole("order")
    }

    private func page(_ query: CertificateQuery) async throws(LifecycleError) -> [IssuedCertificate] {
        try await reading { () async throws(RepositoryError) in try await repository.certificates(query) }
            .whole("certificate")
    }

    /// Names as they are kept: international ones in A-labels.
    static func normalized(_ text: String) -> String {
        do throws(MaterialError) {
            return try X509Reader().name(text).text
        } catch {
            return text.lowercased()
        }
    }

    /// One label of a name as it is kept. It takes a second label to make it a name.
    static func label(_ text: Substring) -> String {
        let name = normalized("\(text).example")
        return name.hasSuffix(".example") ? String(name.dropLast(8)) : text.lowercased()
    }

    private func refuseOtherID(_ text: String, _ wanted: String, _ prefix: String) throws(LifecycleError) {
        let others = [
            "ord_": "an order", "crt_": "a certificate", "rev_": "a revocation", "imp_": "an import",
            "dep_": "a deployment",
        ]
        for (other, what) in others where other != prefix && text.hasPrefix(other) {
            throw LifecycleError(.badInput, "\(text) is \(what), and \(wanted) is asked for", hint: "give \(prefix)…")
        }
    }

    private func single<Record>(
        _ found: [Record], _ text: String, _ kind: String, list: String, _ title: (Record) -> String
    ) throws(LifecycleError) -> Record {
        if found.count == 1, let record = found.first { return record }
        guard !found.isEmpty else {
            throw LifecycleError(.notFound, "there is no \(kind) \(text)", hint: "see: \(list)")
        }
        let candidates = found.prefix(5).map(title).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
        throw LifecycleError(.badInput, "\(text) may be any of \(candidates)", hint: "give more of the id")
    }

    private func unnamed<Record>(
        _ found: [Record], _ text: String, _ kind: String, list: String, _ title: (Record) -> String
    ) throws(LifecycleError) -> Record {
        guard !found.isEmpty else {
            throw LifecycleError(.notFound, "there is no \(kind) \"\(text)\"", hint: "see: \(list)")
        }
        let candidates = found.prefix(5).map(title).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
        throw LifecycleError(
            .badInput, "no single live \(kind) bears the name \(text)", hint: "choose by id: \(candidates)")
    }
}
