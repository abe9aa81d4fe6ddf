// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// What people call things: an id, the beginning of one, or a common name.
extension Composition {
    func findOrder(_ text: String) async throws -> Order {
        var query = OrderQuery()
        query.limit = 10
        if text.hasPrefix("ord_") { query.idPrefix = text } else { query.name = NamePattern(text) }
        let found = try await stored { () async throws(RepositoryError) in try await repository.orders(query).items }
        let live = text.hasPrefix("ord_") ? found : found.filter { !$0.phase.isFinal }
        return try single(live.isEmpty ? found : live, text, "order") { "\($0.id) (\($0.phase.rawValue))" }
    }

    func findCertificate(_ text: String) async throws -> IssuedCertificate {
        var query = CertificateQuery()
        query.limit = 10
        if text.hasPrefix("crt_") {
            query.idPrefix = text
        } else {
            query.name = NamePattern(text)
            query.statuses = [.valid]
            query.withoutSuccessor = true
        }
        let found = try await stored { () async throws(RepositoryError) in
            try await repository.certificates(query).items
        }
        let named = text.hasPrefix("crt_") ? found : found.filter { $0.facts.commonName == text.lowercased() }
        return try single(named, text, "certificate") { "\($0.id) (\($0.status(at: Date()).rawValue))" }
    }

    private func single<Thing>(
        _ found: [Thing], _ text: String, _ kind: String, _ name: (Thing) -> String
    ) throws(LifecycleError) -> Thing {
        guard let first = found.first else {
            throw LifecycleError(.notFound, "there is no \(kind) \"\(text)\"", hint: "see: publicca \(kind) list")
        }
        guard found.count == 1 else {
            let names = found.map(name).joined(separator: ", ")
            throw LifecycleError(.badInput, "\"\(text)\" can be several: \(names)", hint: "name one by its id")
        }
        return first
    }

    /// Reads of the repository, failing in a command's words.
    func stored<Value>(_ read: () async throws(RepositoryError) -> Value) async throws(LifecycleError) -> Value {
        do throws(RepositoryError) {
            return try await read()
        } catch {
            throw LifecycleError(error)
        }
    }

    func body(of order: Order) async throws -> OrderBody {
        OrderBody(
            order,
            next: try await stored { () async throws(RepositoryError) in
                try await repository.work(.order(order.id), task: WorkItem.life)
            })
    }

    func body(of certificate: IssuedCertificate) async throws -> CertificateBody {
        try await stored { () async throws(RepositoryError) in
            CertificateBody(
                certificate, managed: try await repository.managed(certificate.managed),
                hasKey: try await repository.key(certificate.facts.publicKey) != nil, at: Date())
        }
    }
}
