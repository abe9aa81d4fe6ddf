// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA

/// A deployment as it is shown: how far each of its steps is.
struct DeploymentView: Sendable {
    let record: DeploymentRecord
    /// What is due next, if anything is.
    let work: WorkItem?

    static func load(
        _ record: DeploymentRecord, _ repository: any LifecycleRepository
    ) async throws(LifecycleError) -> DeploymentView {
        try await reading { () async throws(RepositoryError) in
            DeploymentView(
                record: record, work: try await repository.work(.deployment(record.id), task: WorkItem.life))
        }
    }

    /// Where a certificate is served, or shall be.
    static func all(
        of certificate: IssuedCertificate, _ repository: any LifecycleRepository
    ) async throws(LifecycleError) -> [DeploymentView] {
        var query = DeploymentQuery()
        query.managed = certificate.managed
        query.limit = 1000
        let wanted = query
        let records = try await reading { () async throws(RepositoryError) in try await repository.deployments(wanted) }
        var views: [DeploymentView] = []
        for record in records.items where record.wanted == certificate.id || record.inPlace == certificate.id {
            views.append(try await load(record, repository))
        }
        return views
    }

    var json: JSONDocument {
        .object([
            "id": .text(record.id.rawValue), "target": .text(record.target), "commonName": .text(record.commonName),
            "account": .text(record.account), "state": .text(record.phase.rawValue),
            "certificate": .text(record.wanted.rawValue), "sha256": .text(record.sha256),
            "inPlace": .optional(record.inPlace?.rawValue), "path": .optional(record.path),
            "rolledBackTo": .optional(record.held?.certificate.rawValue),
            "publishedAt": date(.publish), "reloadedAt": date(.reload), "announcedAt": date(.announce),
            "servedSince": .date(record.servedSince), "verifiedAt": date(.verify),
            "waitsUntil": .date(record.waitsUntil), "nextStep": .optional(work?.step), "nextDueAt": .date(work?.due),
            "troubled": .truth(record.isTroubled), "problem": .optional(record.problem),
            "failures": .object(
                Dictionary(
                    uniqueKeysWithValues: DeploymentStep.allCases.map {
                        ($0.rawValue, .number(record[$0].failures.count))
                    })),
            "givenUp": .texts(DeploymentStep.allCases.filter { record[$0].isGivenUp }.map(\.rawValue)),
            "createdAt": .date(record.createdAt), "updatedAt": .date(record.updatedAt),
        ])
    }

    private func date(_ step: DeploymentStep) -> JSONDocument { .date(record[step].succeededAt) }

    /// In one line, for a certificate.
    var line: String {
        let words = [record.target, record.phase.rawValue, record.problem].compactMap(\.self)
        return words.joined(separator: ", ")
    }

    static func table(_ views: [DeploymentView]) -> Table {
        var table = Table(
            "ID", "TARGET", "NAME", "STATE", "CERTIFICATE", "PUBLISHED", "RELOADED", "ANNOUNCED", "SERVED", "PROBLEM")
        for view in views {
            let record = view.record
            let dates = [DeploymentStep.publish, .reload, .announce].map { view.short($0) }
            table.add(
                record.id.rawValue, record.target, record.commonName, record.phase.rawValue,
                (record.inPlace ?? record.wanted).rawValue, dates[0], dates[1], dates[2],
                record.phase == .current ? view.short(.verify) : "-", view.remark)
        }
        return table
    }

    private func short(_ step: DeploymentStep) -> String { record[step].succeededAt.map { Dates.short($0) } ?? "-" }

    private var remark: String? {
        if let problem = record.problem { return problem }
        if let date = record.waitsUntil { return "waits for the window at \(Dates.short(date))" }
        return record.held.map { "held at the earlier \($0.certificate)" }
    }
}
