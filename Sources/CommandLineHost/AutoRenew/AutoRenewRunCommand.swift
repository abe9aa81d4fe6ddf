// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct AutoRenewRunCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Renew now what is due, and try again what was given up if it is named.",
        discussion: "Example: publicca auto-renew run --wait")

    @Option(help: ArgumentHelp("An id, its beginning, or a common name.", valueName: "id")) var certificate: [String] =
        []
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let finder = Finder(composition.repository)
        var named: [CertificateID] = []
        for text in certificate { named.append(try await finder.certificate(text).id) }
        for id in named { try await composition.engine.retryRenewal(of: id) }
        let due = named.isEmpty ? try await self.due(composition.repository, at: finder.now) : named
        let began = Date()
        for id in due { try await renew(id, composition, session) }
        return try await report(due, since: began, composition, session)
    }

    /// What has been given up is left to whoever names it.
    private func due(_ repository: any LifecycleRepository, at now: Date) async throws(LifecycleError)
        -> [CertificateID]
    {
        var query = ManagedQuery()
        query.renewalDueBy = now
        query.limit = 500
        var due: [CertificateID] = []
        repeat {
            let wanted = query
            let page = try await reading { () async throws(RepositoryError) in try await repository.managed(wanted) }
            due += page.items.compactMap(\.renewal).filter { !$0.isStuck }.map(\.certificate)
            query.after = page.next
        } while query.after != nil
        return due
    }

    private func renew(
        _ id: CertificateID, _ composition: Composition, _ session: Session
    ) async throws(LifecycleError) {
        let watch = Watch(composition: composition, output: session.output)
        try await watch.pass(.certificate(id)) { "renewing \(id)" }
        let repository = composition.repository
        let order = try await reading { () async throws(RepositoryError) in
            try await repository.unfinishedSuccessor(of: id)
        }
        guard let order else { return }
        if let wait = waiting.wait {
            _ = try await watch.settle(.order(order.id), within: wait, watch.describe(order.id))
        } else {
            try await watch.pass(.order(order.id), watch.describe(order.id))
        }
        // An order that has ended badly is noticed at once.
        try await watch.pass(.certificate(id)) { "renewing \(id)" }
    }

    /// What has become of them stands in their plans: the audit has no second row for what fails as it did before.
    private func report(
        _ due: [CertificateID], since began: Date, _ composition: Composition, _ session: Session
    ) async throws -> ExitStatus {
        let repository = composition.repository
        var query = DecisionQuery()
        query.since = began
        query.limit = 10_000
        var rows = try await decisions(query, in: repository).filter { due.contains($0.certificate) }
        var (underWay, troubled) = (0, 0)
        for id in due {
            let (plan, running) = try await reading { () async throws(RepositoryError) in
                (try await repository.renewal(of: id), try await repository.unfinishedSuccessor(of: id))
            }
            if running != nil { underWay += 1 }
            guard plan?.problem != nil || plan?.isStuck == true else { continue }
            troubled += 1
            guard !rows.contains(where: { $0.certificate == id }) else { continue }
            var former = DecisionQuery()
            former.certificate = id
            rows += try await decisions(former, in: repository).suffix(1)
        }
        try session.output.list(
            rows.map(\.json), RenewalDecision.table(rows),
            empty: due.isEmpty ? "nothing is due; see: publicca auto-renew list" : "see: publicca auto-renew list")
        if underWay > 0 { session.output.note("\(underWay) under way; see: publicca order list --state placed") }
        if troubled > 0 { return .refused }
        return underWay > 0 ? .pending : .done
    }

    /// All of them, oldest first.
    private func decisions(
        _ query: DecisionQuery, in repository: any LifecycleRepository
    ) async throws(LifecycleError) -> [RenewalDecision] {
        var query = query
        var rows: [RenewalDecision] = []
        repeat {
            let wanted = query
            let page = try await reading { () async throws(RepositoryError) in try await repository.decisions(wanted) }
            rows += page.items
            query.after = page.next
        } while query.after != nil
        return rows
    }
}

extension LifecycleRepository {
    /// The plan for a certificate; `nil` where it has none, or has a successor.
    fileprivate func renewal(of id: CertificateID) async throws(RepositoryError) -> RenewalPlan? {
        guard let certificate = try await certificate(id) else { return nil }
        return try await managed(certificate.managed)?.renewal.flatMap { $0.certificate == id ? $0 : nil }
    }
}
