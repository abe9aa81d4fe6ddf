// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension OrderQuery {
    func matches(_ order: Order) -> Bool {
        (account == nil || account == order.account)
            && (phases.isEmpty || phases.contains(order.phase))
            && (managed == nil || managed == order.managed)
            && (!isFailing || order.isFailing)
            && order.id.rawValue.hasPrefix(idPrefix ?? "")
            && (name.map { pattern in order.searchedNames.contains { pattern.matches($0) } } ?? true)
    }
}

extension CertificateQuery {
    func matches(_ certificate: IssuedCertificate) -> Bool {
        (account == nil || account == certificate.account)
            && (statuses.isEmpty || statuses.contains(certificate.status))
            && (managed == nil || managed == certificate.managed)
            && (notAfter?.contains(certificate.facts.notAfter) ?? true)
            && (!withoutSuccessor || certificate.successor == nil)
            && certificate.id.rawValue.hasPrefix(idPrefix ?? "")
            && (name.map { pattern in certificate.searchedNames.contains { pattern.matches($0) } } ?? true)
    }
}

extension CatalogQuery {
    func matches(_ entry: CatalogEntry) -> Bool {
        entry.account == account && entry.item.kind == kind
            && (names.isEmpty || names.contains(entry.item.name))
            && (withVanished || entry.vanishedAt == nil)
            && (validationEnds.map { range in entry.item.validationExpiresAt.map(range.contains) ?? false } ?? true)
    }
}

extension ManagedQuery {
    func matches(_ managed: ManagedCertificate) -> Bool {
        (account == nil || account == managed.account)
            && (!isStuck || managed.renewal?.isStuck == true)
            && (renewalDueBy == nil
                || managed.renewal.map { $0.dueAt.milliseconds <= renewalDueBy?.milliseconds ?? 0 } ?? false)
    }
}

extension DecisionQuery {
    func matches(_ decision: RenewalDecision) -> Bool {
        (since == nil || decision.at.milliseconds >= since?.milliseconds ?? 0)
            && (certificate == nil || certificate == decision.certificate)
    }
}

extension DeploymentQuery {
    func matches(_ deployment: DeploymentRecord) -> Bool {
        (target == nil || target == deployment.target) && (managed == nil || managed == deployment.managed)
            && (!isTroubled || deployment.isTroubled)
    }
}

extension JournalQuery {
    func matches(_ entry: JournalEntry) -> Bool {
        (subject == nil || subject == entry.subject)
            && (name == nil || name?.lowercased() == entry.name?.lowercased())
    }
}
