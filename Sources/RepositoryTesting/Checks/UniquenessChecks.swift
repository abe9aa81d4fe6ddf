// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let uniqueness: [RepositoryCheck] = [
        RepositoryCheck("an account has one order of a reference") { checked in
            var order = Sample.order("ord_1")
            order.reference = OrderReference("4711")
            var same = Sample.order("ord_2")
            same.reference = order.reference
            var foreign = Sample.order("ord_3", account: "other")
            foreign.reference = order.reference
            try await checked.put(.order(order), .order(foreign), .order(Sample.order("ord_4")))
            try await checked.conflict("a second order of the reference") { [same] in $0.puts = [.order(same)] }
            var later = try require("order", try await checked.repository.order(OrderID("ord_4")))
            later.reference = order.reference
            try await checked.conflict("a reference taken later") { [later] in $0.puts = [.order(later)] }
            let found = try await checked.repository.order(account: "other", reference: OrderReference("4711"))
            try expect("order", found?.id, foreign.id)
        },
        RepositoryCheck("a reference that was passed on leads to the one that took it over") { checked in
            var old = Sample.order("ord_1")
            old.reference = OrderReference("4711")
            try await checked.put(.order(old))
            old = try require("order", try await checked.repository.order(old.id))
            old.isReferencePassedOn = true
            var new = Sample.order("ord_2")
            new.reference = old.reference
            try await checked.put(.order(old), .order(new))
            let found = try await checked.repository.order(account: "main", reference: OrderReference("4711"))
            try expect("order", found?.id, new.id)
            (old.revision, old.isReferencePassedOn) = (old.revision + 1, false)
            (new.revision, new.isReferencePassedOn) = (new.revision + 1, true)
            try await checked.put(.order(new), .order(old))
            let again = try await checked.repository.order(account: "main", reference: OrderReference("4711"))
            try expect("order that got it back", again?.id, old.id)
        },
        RepositoryCheck("an order is found by the key that travels with it") { checked in
            var order = Sample.order("ord_1")
            order.key = OrderKey("pca-1")
            try await checked.put(.order(order))
            let found = try await checked.repository.order(account: "main", key: OrderKey("pca-1"))
            try expect("order", found?.id, order.id)
            let none = try await checked.repository.order(account: "other", key: OrderKey("pca-1"))
            try expect("order of another account", none, nil)
        },
        RepositoryCheck("an account has one order of a caller's key") { checked in
            var order = Sample.order("ord_1")
            order.callerKey = "deploy-7"
            var same = Sample.order("ord_2")
            same.callerKey = order.callerKey
            var foreign = Sample.order("ord_3", account: "other")
            foreign.callerKey = order.callerKey
            try await checked.put(.order(order), .order(foreign))
            try await checked.conflict("a second order of the key") { [same] in $0.puts = [.order(same)] }
            let found = try await checked.repository.order(account: "main", callerKey: "deploy-7")
            try expect("order", found?.id, order.id)
            let none = try await checked.repository.order(account: "main", callerKey: "deploy-8")
            try expect("order of another key", none, nil)
        },
        RepositoryCheck("a certificate has one unfinished successor") { checked in
            let old = CertificateID("crt_1")
            var order = Sample.order("ord_1")
            order.predecessor = old
            try await checked.put(.order(order))
            var second = Sample.order("ord_2")
            second.predecessor = old
            try await checked.conflict("a second successor") { [second] in $0.puts = [.order(second)] }
            try expect("successor", try await checked.repository.unfinishedSuccessor(of: old)?.id, order.id)
            order = try require("order", try await checked.repository.order(order.id))
            order.phase = .rejected
            try await checked.put(.order(order))
            try expect("successor", try await checked.repository.unfinishedSuccessor(of: old), nil)
            try await checked.put(.order(second))
            try expect("successor", try await checked.repository.unfinishedSuccessor(of: old)?.id, second.id)
        },
        RepositoryCheck("every phase that is not final counts as unfinished, and no other") { checked in
            for phase in OrderPhase.allCases {
                var order = Sample.order("ord_\(phase.rawValue)", phase: phase)
                order.predecessor = CertificateID("crt_\(phase.rawValue)")
                try await checked.put(.order(order))
                let found = try await checked.repository.unfinishedSuccessor(of: CertificateID("crt_\(phase.rawValue)"))
                try expect("unfinished while \(phase.rawValue)", found != nil, !phase.isFinal)
            }
        },
        RepositoryCheck("an account has a certificate once") { checked in
            let certificate = Sample.certificate("crt_1")
            var same = Sample.certificate("crt_2")
            same.facts.sha256 = certificate.facts.sha256
            var foreign = Sample.certificate("crt_3", account: "other")
            foreign.facts.sha256 = certificate.facts.sha256
            try await checked.put(.certificate(certificate), .certificate(foreign))
            try await checked.conflict("the same certificate again") { [same] in $0.puts = [.certificate(same)] }
            let found = try await checked.repository.certificate(account: "other", sha256: certificate.facts.sha256)
            try expect("certificate", found?.id, foreign.id)
        },
        RepositoryCheck("a deleted record leaves its unique values to others") { checked in
            var order = Sample.order("ord_1")
            order.reference = OrderReference("4711")
            order.callerKey = "deploy-7"
            order.predecessor = CertificateID("crt_1")
            try await checked.put(.order(order))
            let stored = try require("order", try await checked.repository.order(order.id))
            try await checked.commit { $0.deletes = [.order(stored)] }
            var next = Sample.order("ord_2")
            next.reference = order.reference
            next.callerKey = order.callerKey
            next.predecessor = order.predecessor
            try await checked.put(.order(next))
        },
        RepositoryCheck("a certificate has one unfinished revocation") { checked in
            var refused = Sample.revocation("rev_0")
            refused.phase = .rejected
            try await checked.put(.revocation(refused), .revocation(Sample.revocation("rev_1")))
            try await checked.conflict("a second revocation") { $0.puts = [.revocation(Sample.revocation("rev_2"))] }
            try await checked.put(.revocation(Sample.revocation("rev_3", of: "crt_2")))
        },
    ]
}
