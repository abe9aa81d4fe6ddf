// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import PublicCA

extension MockProvider: OrderRenewing {
    public func renew(
        _ predecessor: Predecessor, with request: OrderRequest
    ) async throws(ProviderError) -> OrderReference {
        try await order(.renew) { script throws(ProviderError) in
            let number = try await known(predecessor).number
            let successor = try await accept(request, kind: .renewal, predecessor: number, script: script)
            try await books.change(number) { order throws(ProviderError) in order.isRenewed = true }
            return successor.reference
        }
    }
}

extension MockProvider: OrderReissuing {
    /// With ``Mischief/revokedPredecessor`` it is revoked when the new certificate is issued.
    public var predecessor: PredecessorFate {
        script().mischief.limits[.revokedPredecessor] == nil ? .stays : .revoked(after: .zero)
    }

    /// Makes a new order with a reference of its own, or with ``Mischief/oneID`` another certificate under the old
    /// reference. It lasts no longer than the certificate that it follows.
    public func reissue(
        _ predecessor: Predecessor, with request: OrderRequest
    ) async throws(ProviderError) -> OrderReference {
        try await order(.reissue) { script throws(ProviderError) in
            let order = try await known(predecessor)
            guard order.hasOneID, script.mischief.limits[.oneID] != nil else {
                return try await accept(request, kind: .reissue, predecessor: order.number, script: script).reference
            }
            _ = try MockRequest.examine(request)
            var issuance = Issuance(
                request: request, keyAlgorithm: try MockRequest.keyAlgorithm(of: request.signingRequest),
                askedAt: now())
            if let wanted = script.mischief.limits[.lateReissue] { issuance.staleReads = wanted ?? 2 }
            try await books.announce(request.key, at: order.number)
            try await books.change(order.number) { [issuance] order throws(ProviderError) in
                guard order.current.leaf != nil || order.current.isCancelled else {
                    throw ProviderError(.rejected, "\(order.reference) is being reissued already")
                }
                order.issuances.append(issuance)
            }
            return order.reference
        }
    }

    /// The order of a predecessor that the CA has issued.
    private func known(_ predecessor: Predecessor) async throws(ProviderError) -> MockOrder {
        guard let order = try await books.order(named: predecessor.order.rawValue),
            order.issuances.contains(where: { $0.leaf?.serialNumber == predecessor.serialNumber })
        else { throw ProviderError(.rejected, "the mock CA has issued no such predecessor") }
        return order
    }

    /// Revokes what a reissue has replaced, where the CA is of that kind.
    func endPredecessor(of order: MockOrder, script: MockScript) async throws(ProviderError) {
        guard script.mischief.limits[.revokedPredecessor] != nil else { return }
        let revocation = Revocation(at: now(), reason: .superseded)
        if order.issuances.count > 1 {
            try await books.change(order.number) { order throws(ProviderError) in
                for index in order.issuances.indices.dropLast() where order.issuances[index].leaf?.revocation == nil {
                    order.issuances[index].leaf?.revocation = revocation
                }
            }
        } else if order.kind == .reissue, let number = order.predecessor {
            try await books.change(number) { order throws(ProviderError) in
                if order.current.leaf?.revocation == nil { order.current.leaf?.revocation = revocation }
            }
        }
    }
}

extension MockProvider: OrderCancelling {
    public func cancel(
        _ order: OrderReference, comments: String
    ) async throws(ProviderError) -> CancellationOutcome {
        let script = try await begin(.cancel)
        let date = now()
        if try await books.happens(.cancelTooLate, by: script) { return .tooLate }
        let outcome = try await books.change(try await known(order)) { order throws(ProviderError) in
            order.cancel(at: date, script: script)
        }
        if try await books.happens(.lostReply, by: script) { throw Self.lost }
        try answerReaches()
        return outcome
    }
}

extension MockProvider: OrderFinalizing {
    public func finalize(
        _ order: OrderReference, with request: CertificateSigningRequest
    ) async throws(ProviderError) {
        let script = try await begin(.finalize)
        let date = now()
        try await books.change(try await known(order)) { order throws(ProviderError) in
            try order.finalize(with: request, at: date, script: script)
        }
        if try await books.happens(.lostReply, by: script) { throw Self.lost }
        try answerReaches()
    }

    /// For writes, where an unknown reference is a refusal.
    private func known(_ order: OrderReference) async throws(ProviderError) -> Int {
        guard let number = try await books.order(named: order.rawValue)?.number else {
            throw ProviderError(.rejected, "the mock CA knows no order \(order)")
        }
        return number
    }
}
