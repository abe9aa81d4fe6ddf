// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import PublicCA

/// Reads every order and every certificate: one that cannot be read is not missed before it is wanted.
struct DoctorRecords {
    let repository: any LifecycleRepository

    private static let named = 5

    func look() async throws(LifecycleError) -> Finding {
        var damaged: [String] = []
        var count = 0
        var orders = OrderQuery()
        orders.limit = 1000
        repeat {
            let query = orders
            let page = try await reading { () async throws(RepositoryError) in try await repository.orders(query) }
            damaged += page.unreadable.map(\.reference)
            count += page.items.count
            orders.after = page.next
        } while orders.after != nil
        var certificates = CertificateQuery()
        certificates.limit = 1000
        repeat {
            let query = certificates
            let page = try await reading { () async throws(RepositoryError) in
                try await repository.certificates(query)
            }
            damaged += page.unreadable.map(\.reference)
            count += page.items.count
            certificates.after = page.next
        } while certificates.after != nil
        guard !damaged.isEmpty else { return Finding("records", .fine, "\(count) orders and certificates were read") }
        let names =
            damaged.prefix(Self.named).joined(separator: ", ") + (damaged.count > Self.named ? " and others" : "")
        return Finding(
            "records", .failed, "\(damaged.count) cannot be read: \(names)",
            hint: "use the newest version, or put a backup of the home back")
    }
}
