// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let counting: [RepositoryCheck] = [
        RepositoryCheck("an empty repository counts nothing") { checked in
            try expect("counts", try await checked.repository.counts(), Counts())
        },
        RepositoryCheck("counts equal a recount after any changes") { checked in
            // The same changes in every run.
            var random = Sequence(state: 7)
            for round in 1...60 {
                var changes = ChangeSet()
                let order = Sample.id("ord_", Int.random(in: 0..<12, using: &random))
                let certificate = Sample.id("crt_", Int.random(in: 0..<12, using: &random))
                let storedOrder = try await checked.repository.order(OrderID(order))
                let storedCertificate = try await checked.repository.certificate(CertificateID(certificate))
                if let storedOrder, Int.random(in: 0..<5, using: &random) == 0 {
                    changes.deletes.append(.order(storedOrder))
                } else {
                    var next = storedOrder ?? Sample.order(order)
                    next.phase = OrderPhase.allCases.randomElement(using: &random) ?? .drafted
                    next.isReferencePassedOn = Bool.random(using: &random)
                    changes.puts.append(.order(next))
                }
                if let storedCertificate, Int.random(in: 0..<5, using: &random) == 0 {
                    changes.deletes.append(.certificate(storedCertificate))
                } else {
                    var next = storedCertificate ?? Sample.certificate(certificate)
                    next.status = CertificateStatus.allCases.randomElement(using: &random) ?? .valid
                    next.successor = Bool.random(using: &random) ? nil : CertificateID("crt_x")
                    let days = Int.random(in: -2...2, using: &random)
                    next.facts.notAfter = Date(timeIntervalSince1970: Double(days) * 86400 + 0.5)
                    changes.puts.append(.certificate(next))
                }
                if round % 10 == 0 {
                    // Nothing of a commit that is refused is counted.
                    changes.claimed = Sample.work("ord_0")
                    try await checked.conflict("a commit without a lease") { $0 = changes }
                } else {
                    try await checked.commit { $0 = changes }
                }
                let counts = try await checked.repository.counts()
                try expect("counts after \(round) commits", counts, try await recount(checked.repository))
            }
        },
    ]

    private static func recount(_ repository: any LifecycleRepository) async throws -> Counts {
        var counts = Counts()
        for order in try await repository.orders(OrderQuery()).items {
            counts.orders[order.phase, default: 0] += 1
            if order.heldReference != nil { counts.referenced[order.account, default: 0] += 1 }
        }
        for certificate in try await repository.certificates(CertificateQuery()).items {
            counts.certificates[certificate.status, default: 0] += 1
            if certificate.status == .valid, certificate.successor == nil {
                counts.expiring[Counts.day(of: certificate.facts.notAfter), default: 0] += 1
            }
        }
        return counts
    }

    /// Chance that repeats itself (a linear congruential generator).
    private struct Sequence: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }
}
