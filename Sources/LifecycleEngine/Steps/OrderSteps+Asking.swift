// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One step, one question.
extension LifecycleEngine {
    func ask(_ step: OrderStep, about order: Order, of account: OpenedAccount) async -> OrderAnswer {
        switch step {
        case .submit: OrderAnswer(await submit(order, account))
        case .locate: await locate(order, account)
        case .poll: OrderAnswer(await poll(order, account))
        case .finalize: OrderAnswer(await finalize(order, account))
        case .cancel: OrderAnswer(await cancel(order, account))
        case .collect: await collect(order, account)
        }
    }

    private func submit(_ order: Order, _ account: OpenedAccount) async -> OrderEvent {
        guard let request = order.request else {
            return .placeFailed(ProviderError(.rejected, "too little is known of the order to send it"))
        }
        let provider = account.provider
        let answer = await write(
            since: order.intendedAt ?? time.now(), within: account.policy.writeDeadline,
            abandoned: OrderPolicy.abandonedWrite + account.policy.settle
        ) { () async throws(ProviderError) in
            try await provider.buy(request, as: order.kind, after: order.predecessorAtCA)
        }
        switch answer {
        case .success(let reference): return .placed(reference)
        case .failure(let error): return .placeFailed(error)
        }
    }

    private func locate(_ order: Order, _ account: OpenedAccount) async -> OrderAnswer {
        let uptime = time.uptime()
        return OrderAnswer(await found(order, account), uptime: uptime)
    }

    private func found(_ order: Order, _ account: OpenedAccount) async -> OrderEvent {
        let provider = account.provider
        guard let locating = provider.locating, let request = order.request else { return .lookupImpossible }
        let attempt = OrderAttempt(
            request: request, kind: order.kind, predecessor: order.predecessorAtCA, notBefore: order.createdAt)
        let asked = time.now()
        switch await read({ () async throws(ProviderError) in try await locating.locate(attempt) }) {
        case .success(.undecided(let candidates)):
            return .located(await tellApart(candidates, for: order, provider), asked: asked)
        case .success(let located): return .located(located, asked: asked)
        case .failure(let error): return .lookupFailed(error)
        }
    }

    private func poll(_ order: Order, _ account: OpenedAccount) async -> OrderEvent {
        guard let reference = order.reference else {
            return .readFailed(ProviderError(.rejected, "the order has no reference"))
        }
        let provider = account.provider
        switch await read({ () async throws(ProviderError) in try await provider.order(reference) }) {
        case .success(let snapshot): return .polled(snapshot)
        case .failure(let error): return .readFailed(error)
        }
    }

    private func finalize(_ order: Order, _ account: OpenedAccount) async -> OrderEvent {
        guard let finalizing = account.provider.finalizing, let reference = order.reference,
            let request = order.signingRequest
        else { return .finalizeImpossible }
        let answer = await write(
            since: order.intendedAt ?? time.now(), within: account.policy.writeDeadline,
            abandoned: account.policy.settle
        ) { () async throws(ProviderError) in
            try await finalizing.finalize(reference, with: request)
        }
        switch answer {
        case .success: return .finalized
        case .failure(let error): return .finalizeFailed(error)
        }
    }

    private func cancel(_ order: Order, _ account: OpenedAccount) async -> OrderEvent {
        guard let cancelling = account.provider.cancelling, let reference = order.reference else {
            return .cancelFailed(ProviderError(.rejected, "this CA takes no withdrawals"))
        }
        let answer = await write(
            since: order.intendedAt ?? time.now(), within: account.policy.writeDeadline,
            abandoned: account.policy.settle
        ) { () async throws(ProviderError) in
            try await cancelling.cancel(reference, comments: order.cancelComments ?? "withdrawn by the requester")
        }
        switch answer {
        case .success(let outcome): return .cancelAnswered(outcome)
        case .failure(let error): return .cancelFailed(error)
        }
    }
}

extension PublicCAProvider {
    /// The one write that buys: a renewal where the CA knows no such thing is a plain order.
    fileprivate func buy(
        _ request: OrderRequest, as kind: OrderKind, after predecessor: Predecessor?
    ) async throws(ProviderError) -> OrderReference {
        switch (kind, predecessor) {
        case (.renewal, let predecessor?):
            guard let renewing else { return try await place(request) }
            return try await renewing.renew(predecessor, with: request)
        case (.reissue, let predecessor?):
            guard let reissuing else { throw ProviderError(.rejected, "this account cannot reissue") }
            return try await reissuing.reissue(predecessor, with: request)
        default:
            return try await place(request)
        }
    }
}
