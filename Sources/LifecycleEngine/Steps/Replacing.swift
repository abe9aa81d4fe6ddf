// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What becomes of a certificate on record when the CA shows how it fares, or shows another one in its place that somebody
/// else asked for.
extension LifecycleEngine {
    func outcome(
        of certificate: IssuedCertificate, shownAs snapshot: CertificateSnapshot, _ account: OpenedAccount
    ) async throws(RepositoryError) -> ChangeSet {
        var seen = certificate
        var news = snapshot.wording
        seen.failures.end()
        // Where the reference has passed on, what is shown is another certificate.
        if snapshot.serialNumber == nil
            ? !certificate.isReferencePassedOn : snapshot.serialNumber == certificate.facts.serialNumber
        {
            seen.adopt(snapshot.state)
            seen.suggestedRenewal = snapshot.suggestedRenewal
        } else if let other = snapshot.serialNumber,
            try await repository.unfinishedSuccessor(of: certificate.id) == nil
        {
            if let changes = try await takeIn(snapshot, after: seen, account) { return changes }
            if !certificate.isReferencePassedOn {
                news =
                    "somebody else replaced it: the CA has one with serial number \(other) as \(certificate.reference)"
                seen.isReferencePassedOn = true
                if account.provider.reissuing?.predecessor != .stays { seen.adopt(.replaced) }
            }
        }
        var changes = ChangeSet()
        if seen != certificate { changes.puts = [.certificate(seen)] }
        changes.work = try await replanning(seen, knownAs: certificate)
        if seen.status != certificate.status || seen.isReferencePassedOn != certificate.isReferencePassedOn {
            let name = certificate.facts.commonName
            changes.journal = [
                journal(.certificate(seen.id), name: name, seen.status.rawValue, news, answer: snapshot.answer)
            ]
        }
        return changes
    }

    /// What is news about a certificate has its renewal planned anew, also one that was given up.
    func replanning(
        _ seen: IssuedCertificate, knownAs known: IssuedCertificate
    ) async throws(RepositoryError) -> [WorkChange] {
        guard seen.status != known.status || seen.suggestedRenewal != known.suggestedRenewal,
            let plan = try await repository.managed(known.managed)?.renewal, plan.certificate == known.id,
            plan.order == nil
        else { return [] }
        return [.put(renewalWork(seen, .plan, at: time.now()))]
    }

    /// `nil` where what is shown is not to be had, is not understood, or has its place here already.
    private func takeIn(
        _ snapshot: CertificateSnapshot, after former: IssuedCertificate, _ account: OpenedAccount
    ) async throws(RepositoryError) -> ChangeSet? {
        guard let sent = snapshot.chain, var order = try await repository.order(former.order),
            order.certificate == former.id, !order.isReferencePassedOn
        else { return nil }
        let fresh: IssuedCertificate
        do throws(MaterialError) {
            fresh = try shown(sent, of: order, as: former.reference)
        } catch {
            // That it was replaced is told all the same.
            return nil
        }
        guard fresh.facts.serialNumber == snapshot.serialNumber else { return nil }
        let known = try await repository.certificate(account: order.account, sha256: fresh.facts.sha256)
        guard known?.successor == nil else { return nil }
        var successor = known ?? fresh
        successor.adopt(snapshot.state)
        var changes = try await replacement(of: former, by: successor, in: order, account)
        changes.puts.append(.certificate(successor))
        order.certificate = successor.id
        order.updatedAt = time.now()
        changes.puts.append(.order(order))
        return changes
    }

    /// The certificate that the CA shows for an order, as a new record.
    func shown(
        _ sent: CertificateChain, of order: Order, as reference: CertificateReference
    ) throws(MaterialError) -> IssuedCertificate {
        let chain = try material.arrange(sent, leaf: nil)
        guard let leaf = chain.certificates.first else { throw MaterialError("the CA sent an empty chain") }
        return IssuedCertificate(
            id: CertificateID(newID("crt_")), account: order.account, managed: order.managed, order: order.id,
            reference: reference, facts: try material.facts(of: leaf), chain: chain, createdAt: time.now())
    }

    /// Links an order's certificate to the one that somebody else had put in its place.
    func replacement(
        of former: IssuedCertificate, by successor: IssuedCertificate, in order: Order, _ account: OpenedAccount
    ) async throws(RepositoryError) -> ChangeSet {
        var changes = ChangeSet()
        // Whatever the order was: another certificate under the same order is a reissue.
        guard var ended = try await superseded(former.id, by: successor, .reissue, account) else { return changes }
        // A renewal that followed it before goes on following it.
        ended.successor = former.successor ?? successor.id
        ended.failures = former.failures
        changes.puts = [.certificate(ended)]
        if var managed = try await repository.managed(order.managed), managed.current == former.id {
            let follows = try await succeed(in: &managed, by: successor, of: order, account.record)
            changes.puts += [.managed(managed)] + follows.puts
            changes.work += follows.work
        }
        let serial = successor.facts.serialNumber
        changes.journal = [
            journal(
                .certificate(former.id), name: former.facts.commonName, ended.status.rawValue,
                "somebody else replaced it: the CA has one with serial number \(serial), here as \(successor.id)"),
            journal(
                .certificate(successor.id), name: successor.facts.commonName, "imported",
                "somebody else had it take the place of \(former.id) in \(order.id)",
                answer: CAAnswer.bytes(of: successor.chain)),
        ]
        return changes
    }
}
