// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What should work by itself, and does not.
extension AttentionReading {
    mutating func readRenewals() async throws(RepositoryError) {
        var stuck = ManagedQuery()
        stuck.isStuck = true
        stuck.limit = Self.page
        let page = try await repository.managed(stuck)
        note(unreadable: page.unreadable, "managed certificate")
        try await noteRenewals(.renewalStuck, page.items)
        noteOthers(
            .renewalStuck, page.items.count - Self.listed, isLeast: page.next != nil, "renewals were given up",
            hint: "publicca auto-renew list")
        // One that is under way shows as an order.
        let late = try await repository.lateRenewals(at: now, enough: Self.listed + 1, without: hampered)
        note(unreadable: late.unreadable, "managed certificate")
        try await noteRenewals(.renewalLate, late.found)
        if late.isLeast, late.found.count <= Self.listed {
            note(
                Attention(
                    .renewalLate, subject: Attention.others,
                    what: "so many renewals were due more than a day ago that not all were looked at",
                    hint: "publicca auto-renew list"))
        }
        noteOthers(
            .renewalLate, late.found.count - Self.listed, isLeast: late.isLeast, "renewals are late",
            hint: "publicca auto-renew list")
    }

    private mutating func noteRenewals(
        _ kind: Attention.Kind, _ renewals: [ManagedCertificate]
    ) async throws(RepositoryError) {
        for managed in renewals.prefix(Self.listed) {
            guard let plan = managed.renewal else { continue }
            let name = try await certificate(plan.certificate)?.facts.commonName
            let why = plan.problem ?? plan.note
            note(
                Attention(
                    kind, subject: plan.certificate.rawValue, name: name,
                    what: "the renewal of \(plan.certificate)\(name.map { " \($0)" } ?? "") "
                        + (kind == .renewalStuck ? "was given up" : "was due \(days(until: plan.dueAt))")
                        + (why.isEmpty ? "" : ": \(why)"),
                    // Where the CA has renewed it, one more order could be one too many.
                    hint: plan.isRenewedElsewhere
                        ? "publicca order import --account \(managed.account)"
                        : "publicca certificate renew \(plan.certificate)", since: plan.dueAt,
                    account: managed.account))
        }
    }

    mutating func readDeployments() async throws(RepositoryError) {
        guard counts.troubledDeployments > 0 else { return }
        var query = DeploymentQuery()
        query.isTroubled = true
        query.limit = Self.listed
        let page = try await repository.deployments(query)
        note(unreadable: page.unreadable, "deployment")
        for deployment in page.items {
            note(
                Attention(
                    .deploymentTroubled, subject: deployment.id.rawValue, name: deployment.commonName,
                    what: "\(deployment.commonName) is not served as it should be at \(deployment.target): "
                        + (deployment.problem ?? "no reason is known"),
                    hint: "publicca deploy status", since: deployment.updatedAt))
        }
        noteOthers(
            .deploymentTroubled, counts.troubledDeployments - page.items.count - page.unreadable.count,
            "certificates are not served as they should be", hint: "publicca deploy list")
    }

    mutating func readChannels() async throws(RepositoryError) {
        let repository = repository
        for channel in channels {
            let record = try await readable(channel.name, "channel") { () async throws(RepositoryError) in
                try await repository.channel(channel.name)
            }
            guard let record, let last = record.deadLetters.last else { continue }
            let count = record.deadLetters.count
            let lost = record.lost > 0 ? ", and \(record.lost) before are no longer kept" : ""
            note(
                Attention(
                    .channelDead, subject: channel.name,
                    what: "\(count) \(count == 1 ? "message" : "messages") for channel \(channel.name) did not arrive"
                        + "\(lost): \(last.problem)",
                    hint: "publicca notify resend \(channel.name), or: publicca notify discard \(channel.name)",
                    since: record.deadLetters.first?.at))
        }
    }
}
