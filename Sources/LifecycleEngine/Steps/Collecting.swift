// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Fetches what was issued, and lets nothing in that is not what was ordered.
extension LifecycleEngine {
    func collect(_ order: Order, _ account: OpenedAccount) async -> OrderAnswer {
        guard let reference = order.certificateReference else {
            return OrderAnswer(.readFailed(ProviderError(.rejected, "the certificate has no reference")))
        }
        do {
            if order.phase == .awaitingCapacity {
                return OrderAnswer(try await hasRoom(for: order) ? .room : .noRoom(endsAt: nil))
            }
            let provider = account.provider
            switch await read({ () async throws(ProviderError) in try await provider.certificate(reference) }) {
            case .failure(let error): return OrderAnswer(.readFailed(error))
            case .success(let snapshot): return try await examine(snapshot, for: order, of: account)
            }
        } catch {
            return OrderAnswer(
                .readFailed(ProviderError(.transient(retryAfter: nil), "the repository: \(error.description)")))
        }
    }

    private func examine(
        _ snapshot: CertificateSnapshot, for order: Order, of account: OpenedAccount
    ) async throws(RepositoryError) -> OrderAnswer {
        let former = order.predecessorAtCA?.serialNumber
        if former != nil, snapshot.serialNumber == former {
            return OrderAnswer(.stillPredecessor(wording: snapshot.wording))
        }
        guard let sent = snapshot.chain else { return OrderAnswer(.notCollectable(snapshot)) }
        // One that was bought in a former life of this home is for the key of that life, which may be here or not.
        let key = order.isInherited ? nil : order.publicKey
        let chain: CertificateChain
        let leaf: CertificateFacts
        do throws(MaterialError) {
            (chain, leaf) = try arrange(sent, leaf: key)
        } catch {
            return OrderAnswer(.checkFailed(problems: [error.description], sent))
        }
        if leaf.serialNumber == former { return OrderAnswer(.stillPredecessor(wording: snapshot.wording)) }
        // What somebody else has ordered is taken as it is, also when it has ended meanwhile.
        if order.kind != .imported {
            if case .revoked = snapshot.state { return OrderAnswer(.notCollectable(snapshot)) }
            let problems = IssuanceCheck.problems(
                with: leaf, publicKey: key, names: order.details.alternativeNames, at: time.now())
            guard problems.isEmpty else { return OrderAnswer(.checkFailed(problems: problems, chain)) }
        }
        return try await keep(chain, leaf, snapshot.state, of: order, account)
    }

    /// The chain in order, with its leaf's facts; where no certificate is for the key, the leaf that was sent instead.
    private func arrange(
        _ sent: CertificateChain, leaf key: PublicKeyDigest?
    ) throws(MaterialError) -> (CertificateChain, CertificateFacts) {
        var chain: CertificateChain
        do throws(MaterialError) {
            chain = try material.arrange(sent, leaf: key)
        } catch {
            guard key != nil else { throw error }
            chain = try material.arrange(sent, leaf: nil)
        }
        guard let first = chain.certificates.first else { throw MaterialError("the CA sent an empty chain") }
        return (chain, try material.facts(of: first))
    }

    private func keep(
        _ chain: CertificateChain, _ leaf: CertificateFacts, _ state: CertificateState, of order: Order,
        _ account: OpenedAccount
    ) async throws(RepositoryError) -> OrderAnswer {
        guard let reference = order.certificateReference else { return OrderAnswer(.noRoom(endsAt: nil)) }
        // An import may have been faster: then it is that certificate, under our order, and has its place already.
        let known = try await repository.certificate(account: order.account, sha256: leaf.sha256)
        var certificate =
            known
            ?? IssuedCertificate(
                id: CertificateID(newID("crt_")), account: order.account, managed: order.managed, order: order.id,
                reference: reference, facts: leaf, chain: chain, createdAt: time.now())
        certificate.order = order.id
        certificate.managed = order.managed
        certificate.adopt(state)
        var places: MemoryRecord?
        if known == nil, certificate.isLive(at: time.now()) {
            places = try await lastPlaces()
            guard try await hasRoom(for: order) else {
                return OrderAnswer(.noRoom(endsAt: leaf.notAfter))
            }
        }
        var answer = OrderAnswer(.collected(certificate.id))
        answer.changes.puts.append(.certificate(certificate))
        if let places, order.predecessor == nil {
            answer.changes.puts.append(.memory(places))
            answer.changes.work += try await callIn()
        }
        if var managed = try await repository.managed(order.managed) {
            let follows = try await succeed(in: &managed, by: certificate, of: order, account.record)
            answer.changes.puts += [.managed(managed)] + follows.puts
            answer.changes.work += follows.work
        }
        for id in Set([order.predecessor, order.certificate].compactMap { $0 }) where id != certificate.id {
            if let former = try await superseded(id, by: certificate, order.kind, account) {
                answer.changes.puts.append(.certificate(former))
            }
        }
        return answer
    }

    /// The former certificate, linked, and with what the CA has made of it.
    func superseded(
        _ id: CertificateID, by successor: IssuedCertificate, _ kind: OrderKind, _ account: OpenedAccount
    ) async throws(RepositoryError) -> IssuedCertificate? {
        guard var former = try await repository.certificate(id) else { return nil }
        former.successor = successor.id
        guard kind != .renewal, kind != .new else { return former }
        former.isReferencePassedOn = former.reference == successor.reference
        let isEnded =
            switch account.provider.reissuing?.predecessor ?? .unknown {
            case .stays: false
            case .revoked: true
            case .unknown: former.isReferencePassedOn
            }
        // Whoever revoked it before has had the last word.
        if isEnded, former.status == .valid { former.status = .replaced }
        return former
    }

    /// A fresh id with this prefix.
    func newID(_ prefix: String, at date: Date? = nil) -> String {
        var random = options.random()
        return Identifier.text(prefix, at: date ?? time.now(), using: &random)
    }
}
