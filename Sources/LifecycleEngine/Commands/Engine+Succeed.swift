// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Orders a successor for what expires: a new order, which may be charged. The term is the predecessor's, or the
    /// longest on offer where that is no longer offered.
    ///
    /// An unfinished successor is returned instead of starting another.
    public func renew(_ id: CertificateID, _ wish: SuccessorWish = SuccessorWish()) async throws(LifecycleError)
        -> Order
    {
        try await succeed(id, .renewal, wish)
    }

    /// Orders a successor anew, without a word of the predecessor to the CA: where the CA renews nothing, or the
    /// predecessor was revoked.
    func orderAnew(_ id: CertificateID, _ wish: SuccessorWish) async throws(LifecycleError) -> Order {
        try await succeed(id, .new, wish)
    }

    /// Asks for another certificate under the same order: new names, or a new key. Not a new purchase.
    ///
    /// An unfinished successor is returned instead of starting another. Throws `refused` where the account cannot
    /// reissue.
    public func reissue(_ id: CertificateID, _ wish: SuccessorWish) async throws(LifecycleError) -> Order {
        try await succeed(id, .reissue, wish)
    }

    /// What a renewal may have to wait for, one sentence each. Writes nothing and asks no CA.
    ///
    /// None for one that is under way; throws as ``renew(_:_:)`` does.
    public func warnings(
        beforeRenewing id: CertificateID, _ wish: SuccessorWish = SuccessorWish()
    ) async throws(LifecycleError) -> [String] {
        try await commanded { try await successor(of: id, .renewal, wish).warnings }
    }

    /// What a reissue may have to wait for, as ``warnings(beforeRenewing:_:)`` tells of a renewal.
    public func warnings(
        beforeReissuing id: CertificateID, _ wish: SuccessorWish
    ) async throws(LifecycleError) -> [String] {
        try await commanded { try await successor(of: id, .reissue, wish).warnings }
    }

    private enum Successor {
        case underWay(Order)
        case drafted(Order, certificate: IssuedCertificate, account: AccountRecord, warnings: [String])

        var warnings: [String] { if case .drafted(_, _, _, let warnings) = self { warnings } else { [] } }
    }

    private func succeed(
        _ id: CertificateID, _ kind: OrderKind, _ wish: SuccessorWish
    ) async throws(LifecycleError) -> Order {
        try await decided {
            switch try await successor(of: id, kind, wish) {
            case .underWay(let order): return order
            case .drafted(var order, let certificate, let account, _):
                // Read together with the certificate: whoever gave it a successor meanwhile was faster.
                var beside: [StoredRecord] = [.certificate(certificate)]
                if let keystore = wish.keystore, var managed = try await repository.managed(certificate.managed) {
                    managed.keystore = try seal(keystore, for: managed.id)
                    beside.append(.managed(managed))
                }
                return try await write(&order, callerKey: wish.callerKey, account, beside: beside)
            }
        }
    }

    /// The order that would be written, or the one that was before. Writes nothing.
    private func successor(
        of id: CertificateID, _ kind: OrderKind, _ wish: SuccessorWish
    ) async throws -> Successor {
        let certificate = try await certificate(id)
        let account = try await account(named: certificate.account)
        if let first = try await earlier(wish.callerKey, in: account.name) {
            try check(first, kind, of: certificate, wish)
            return .underWay(first)
        }
        if let running = try await repository.unfinishedSuccessor(of: id) { return .underWay(running) }
        if let refusal = try await formerLife(before: certificate, kind, account) { throw refusal }
        try account.permit(kind == .renewal ? .renew : kind == .reissue ? .reissue : .order)
        try refuse(certificate, kind, wish, account)
        guard let former = try await repository.order(certificate.order), let reference = former.reference else {
            throw LifecycleError(
                .refused, "the order of \(id) is not known here", hint: "order a new certificate instead")
        }
        var order = Order(
            id: OrderID(newID("ord_")), account: account.name, provider: account.provider, kind: kind,
            managed: certificate.managed, details: former.details, key: OrderKey(""), createdAt: time.now())
        order.predecessor = id
        order.isAutomatic = wish.isAutomatic
        if kind != .new {
            order.predecessorAtCA = Predecessor(
                order: reference, certificate: certificate.reference, serialNumber: certificate.facts.serialNumber,
                leaf: CertificateChain(certificates: Array(certificate.chain.certificates.prefix(1))))
        }
        let warnings = try await fill(&order, from: certificate, former, wish, account)
        return .drafted(order, certificate: certificate, account: account, warnings: warnings)
    }

    /// A caller's key belongs to one wish. After it came true, the certificate's name leads to the successor.
    private func check(
        _ first: Order, _ kind: OrderKind, of certificate: IssuedCertificate, _ wish: SuccessorWish
    ) throws(LifecycleError) {
        guard first.kind == kind, [first.predecessor, first.certificate].contains(certificate.id) else {
            throw LifecycleError(
                .badInput,
                "order key \"\(wish.callerKey ?? "")\" is \(first.id)'s, which is no \(kind.rawValue) of \(certificate.id)",
                hint: "choose another --order-key")
        }
    }

    private func refuse(
        _ certificate: IssuedCertificate, _ kind: OrderKind, _ wish: SuccessorWish, _ account: AccountRecord
    ) throws(LifecycleError) {
        if let successor = certificate.successor {
            throw LifecycleError(
                .refused, "\(certificate.id) has a successor already", hint: "take \(successor) instead")
        }
        guard kind == .reissue else { return }
        guard account.capabilities.contains(.reissuing) else {
            throw LifecycleError(.refused, "account \(account.name) cannot reissue", hint: "renew it instead")
        }
        guard !wish.reason.isEmpty else {
            throw LifecycleError(.badInput, "a reissue needs a reason", hint: "add --reason TEXT")
        }
        let status = certificate.status(at: time.now())
        guard status == .valid else {
            throw LifecycleError(
                .refused, "\(certificate.id) is \(status.rawValue), and only a valid certificate can be reissued",
                hint: "renew it, or order a new one")
        }
    }

    /// The new order's contents: the predecessor's, with the explicit edits and nothing else. Returns what it may have to
    /// wait for.
    private func fill(
        _ order: inout Order, from certificate: IssuedCertificate, _ former: Order, _ wish: SuccessorWish,
        _ account: AccountRecord
    ) async throws -> [String] {
        var problems: [RequestProblem] = []
        order.details.reason = wish.reason
        order.details.placedAt = nil
        order.details.isRenewed = nil
        order.details.alternativeNames = certificate.facts.alternativeNames
        let names = wishedNames(wish, certificate, &problems)
        order.details.alternativeNames = names
        order.details.commonName = names.first?.text ?? order.details.commonName

        var facts: SigningRequestFacts?
        if let bytes = wish.signingRequest {
            (order.signingRequest, facts) = readRequest(bytes, &problems)
        } else if wish.keepsKey {
            order.signingRequest = try await sameKeyRequest(for: order, certificate, former)
        }
        order.details.keyAlgorithm =
            facts?.keyAlgorithm ?? (wish.keepsKey ? certificate.facts.keyAlgorithm : wish.keyAlgorithm)
            ?? certificate.facts.keyAlgorithm
        let profile = try await profile(of: order, account)
        let isOffered = order.details.term.map(profile.terms.contains) ?? false
        if !isOffered { order.details.term = profile.terms.max() }
        let organizations = try await catalog(.organizations, of: account.name).compactMap(\.item.organization)
        let check = RequestCheck(
            profile: profile, organizations: account.capabilities.contains(.organizations) ? organizations : nil,
            domains: try await domainCheck(for: profile, of: account, organizations),
            profilesAge: age(of: .profiles, account), organizationsAge: age(of: .organizations, account))
        if let limit = profile.limits.reason, wish.reason.count > limit {
            problems.append(
                RequestProblem(
                    "the reason has \(wish.reason.count) characters, and \(profile.title) takes \(limit)",
                    hint: "shorten it"))
        }
        problems += check.successorProblems(with: order.details, signingRequest: facts)
        if let keystore = wish.keystore, keystore.format.needsPassword, keystore.password == nil {
            problems.append(
                RequestProblem(
                    "a \(keystore.format.rawValue) keystore needs a password", hint: "add --keystore-password SOURCE"))
        }
        if wish.signingRequest != nil, wish.keystore != nil {
            problems.append(
                RequestProblem("with a CSR there is no key here for a keystore", hint: "leave out --keystore"))
        }
        guard problems.isEmpty else { throw LifecycleError(problems) }
        return check.warnings(with: order.details)
    }

    /// The common name and all others, normalised, without those that are none.
    private func wishedNames(
        _ wish: SuccessorWish, _ certificate: IssuedCertificate, _ problems: inout [RequestProblem]
    ) -> [SubjectAlternativeName] {
        var names: [SubjectAlternativeName] = []
        func add(_ name: SubjectAlternativeName) { if !names.contains(name) { names.append(name) } }
        for text in [wish.commonName ?? certificate.facts.commonName] + (wish.names ?? []) {
            do throws(MaterialError) {
                add(try material.name(text))
            } catch {
                problems.append(RequestProblem(error.description, hint: "write names such as www.example.org"))
            }
        }
        if wish.names == nil { for name in certificate.facts.alternativeNames { add(name) } }
        return names
    }

    private func profile(of order: Order, _ account: AccountRecord) async throws -> CertificateProfile {
        let profiles = try await catalog(.profiles, of: account.name).compactMap(\.item.profile)
        guard let id = order.details.profile, let profile = profiles.first(where: { $0.id == id }) else {
            throw LifecycleError(
                .badInput, "the profile \(order.details.profile?.rawValue ?? "of the order") is not offered any more",
                hint: "publicca account sync \(account.name), or order a new certificate under another profile")
        }
        return profile
    }

    /// A request with the predecessor's key: signed anew where the key is here, the old one where it is not.
    private func sameKeyRequest(
        for order: Order, _ certificate: IssuedCertificate, _ former: Order
    ) async throws -> CertificateSigningRequest {
        if try await repository.key(certificate.facts.publicKey) != nil {
            return try material.signingRequest(
                for: order.details.alternativeNames, commonName: order.details.commonName,
                key: try await privateKey(of: certificate))
        }
        guard let request = former.signingRequest, former.publicKey == certificate.facts.publicKey,
            Set(order.details.alternativeNames) == Set(former.details.alternativeNames)
        else {
            throw LifecycleError(
                .refused, "the key of \(certificate.id) is not here", hint: "attach it, or renew with a new key")
        }
        return request
    }
}
