// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

extension OrderQuery {
    func matches(_ order: Order) -> Bool {
        (account == nil || account == order.account)
            && (phases.isEmpty || phases.contains(order.phase))
            && (managed == nil || managed == order.managed)
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
    }
}

extension JournalQuery {
    func matches(_ entry: JournalEntry) -> Bool {
        (subject == nil || subject == entry.subject)
            && (name == nil || name?.lowercased() == entry.name?.lowercased())
    }
}
