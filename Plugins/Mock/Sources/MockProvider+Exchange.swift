// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension MockProvider {
    /// After this an order is seen by every lookup, also when visibility is late.
    static let settling = Duration.seconds(2)

    static let lost = ProviderError(
        .ambiguous(settle: settling), "the mock CA's answer did not arrive; the request may have been carried out")

    /// What happens to every call before the CA looks at it.
    func begin(_ call: MockCall) async throws(ProviderError) -> MockScript {
        count(call)
        let script = script()
        if Task.isCancelled {
            throw ProviderError(.transient(retryAfter: nil), "cancelled before anything was sent to the mock CA")
        }
        guard script.isPasswordRight else {
            throw ProviderError(.account, "the mock CA does not accept the password")
        }
        if try await books.happens(.accountRefused, by: script) {
            throw ProviderError(.account, "the mock CA refuses this account", wording: "account blocked")
        }
        if try await books.happens(.rateLimit, by: script) {
            throw ProviderError(
                .transient(retryAfter: .seconds(2)), "the mock CA wants fewer calls", wording: "too many requests")
        }
        let reads = call == .order || call == .certificate
        if reads, try await books.happens(.transientReads, by: script) {
            throw ProviderError(.transient(retryAfter: nil), "the mock CA cannot read its books for the moment")
        }
        return script
    }

    /// One write that buys something, with all that may go wrong on the way there and back.
    func order(
        _ call: MockCall, _ accept: (MockScript) async throws(ProviderError) -> OrderReference
    ) async throws(ProviderError) -> OrderReference {
        let script = try await begin(call)
        if try await books.happens(.refusedOrder, by: script) {
            throw ProviderError(.rejected, "the mock CA refuses the order", wording: "refused")
        }
        if try await books.happens(.lostBeforeAcceptance, by: script) { throw Self.lost }
        let reference = try await accept(script)
        if try await books.happens(.acceptAndHang, by: script) {
            await Self.untilCancelled()
            throw Self.lost
        }
        if try await books.happens(.lostReply, by: script) { throw Self.lost }
        try answerReaches()
        return reference
    }

    /// A cancelled task hears no answer any more; what was asked is done all the same.
    func answerReaches() throws(ProviderError) {
        if Task.isCancelled { throw Self.lost }
    }

    func number(_ reference: String) async throws(ProviderError) -> Int {
        guard let order = try await books.order(named: reference) else { throw MockBooks.unknown }
        return order.number
    }

    private static func untilCancelled() async {
        let (silence, line) = AsyncStream.makeStream(of: Never.self)
        for await nothing in silence { _ = nothing }
        line.finish()
    }
}

extension MockProvider {
    /// Enters an order that the CA has accepted.
    func accept(
        _ request: OrderRequest, kind: OrderKind, predecessor: Int?, script: MockScript
    ) async throws(ProviderError) -> MockOrder {
        _ = try MockRequest.examine(request)
        let issuance = Issuance(
            request: request, keyAlgorithm: try MockRequest.keyAlgorithm(of: request.signingRequest), askedAt: now())
        let hasOneID = script.mischief.limits[.oneID] != nil
        let authority = try await books.authority(at: now())
        let series = books.hasExistingOrders ? authority.series : nil
        return try await books.append(request.key) { number in
            MockOrder(
                number: number, series: series, kind: kind, hasOneID: hasOneID, predecessor: predecessor,
                issuances: [issuance])
        }
    }

    /// Reads an order; reading is what moves it on, and what makes the CA sign.
    func read(
        _ number: Int, script: MockScript
    ) async throws(ProviderError) -> (order: MockOrder, snapshot: OrderSnapshot) {
        let date = now()
        guard let (order, _) = try await books.order(number) else { throw MockBooks.unknown }
        var latestEnd: Date?
        if order.kind == .reissue, let predecessor = order.predecessor {
            latestEnd = try await books.order(predecessor)?.order.current.leaf?.notAfter
        } else if order.issuances.count > 1 {
            latestEnd = order.shown?.leaf?.notAfter
        }
        let flaws = order.progress(at: date, script: script).isReady ? try await flaws(by: script) : IssuanceFlaws()
        let authority = try await books.authority(at: date)
        let (changed, progress) = try await books.change(number) { order throws(ProviderError) in
            let progress = order.progress(at: date, script: script)
            if progress.isReady {
                try order.sign(flaws, by: authority, at: date, latestEnd: latestEnd)
            } else if progress.countsPolls {
                order.current.polls += 1
            } else if order.current.staleReads > 0 {
                order.current.staleReads -= 1
            }
            return (order, progress)
        }
        if progress.isReady { try await endPredecessor(of: changed, script: script) }
        let snapshot = OrderSnapshot(
            state: progress.state, wording: progress.wording, checkAfter: progress.checkAfter,
            validations: progress.validations, details: changed.details(),
            key: script.mischief.limits[.keyWithheld] == nil ? changed.key : nil)
        return (changed, snapshot)
    }

    private func flaws(by script: MockScript) async throws(ProviderError) -> IssuanceFlaws {
        IssuanceFlaws(
            hasWrongKey: try await books.happens(.wrongKey, by: script),
            hasWrongNames: try await books.happens(.wrongNames, by: script),
            isExpired: try await books.happens(.expiredLeaf, by: script))
    }
}
