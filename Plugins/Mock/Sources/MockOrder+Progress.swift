// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// Where an order stands: what the CA says, and whether it would issue now.
struct MockProgress: Hashable, Sendable {
    var state: OrderState
    var wording: String
    var checkAfter: Duration?
    var validations: [DomainValidation] = []
    /// Nothing is in the way of the certificate but signing it.
    var isReady = false
    /// Waiting counts this reading.
    var countsPolls = false

    fileprivate static func waiting(_ state: OrderState, _ wording: String, checkAfter: Duration) -> MockProgress {
        MockProgress(state: state, wording: wording, checkAfter: checkAfter)
    }
    fileprivate static func polled(_ state: OrderState, _ wording: String) -> MockProgress {
        MockProgress(state: state, wording: wording, checkAfter: .seconds(1), countsPolls: true)
    }
    fileprivate static func ended(_ state: OrderState, _ wording: String) -> MockProgress {
        MockProgress(state: state, wording: wording)
    }
}

extension MockOrder {
    /// The whole course of an order, as a function of what is on record.
    func progress(at now: Date, script: MockScript) -> MockProgress {
        let issued = MockProgress.ended(.issued(certificateReference), "issued")
        if let shown, current.staleReads > 0 || shown == current { return issued }
        if current.isCancelled {
            // A reissue that was withdrawn leaves the certificate before it in place.
            return shown == nil ? .ended(.cancelled, "cancelled") : issued
        }
        guard let profile = current.profile, !script.refused.contains(reference.rawValue) else {
            return .ended(.rejected, "rejected")
        }
        switch profile {
        case .rejected: return .ended(.rejected, "rejected")
        case .endless: return .waiting(.processing, "pending", checkAfter: .seconds(5))
        case .approval where !script.approved.contains(reference.rawValue):
            return .waiting(.awaitingApproval, "awaiting approval", checkAfter: .seconds(5))
        default: break
        }
        if current.polls < script.issueAfter ?? profile.polls { return pending(profile) }
        if profile == .finalizing, current.finalized == nil {
            return .waiting(.readyToFinalize, "ready for the signing request", checkAfter: .seconds(1))
        }
        let remaining = current.askedAt.addingTimeInterval(script.latency.inSeconds).timeIntervalSince(now)
        if remaining > 0 { return .waiting(.processing, "pending", checkAfter: .seconds(remaining)) }
        var ready = issued
        ready.isReady = true
        return ready
    }

    private func pending(_ profile: MockProfile) -> MockProgress {
        switch profile {
        case .odd:
            return .polled(.unrecognized, MockProfile.oddWords[current.polls % MockProfile.oddWords.count])
        case .finalizing:
            var waiting = MockProgress.polled(.awaitingValidation, "awaiting validation")
            waiting.validations = current.request.alternativeNames.map { name in
                DomainValidation(
                    domain: name.text, method: "dns-01", place: "_acme-challenge.\(name.text)",
                    value: "mock-\(number)", isDone: false)
            }
            return waiting
        default:
            return .polled(.processing, "pending")
        }
    }

    /// The word under which a listing can be narrowed to this order.
    func listedState(at now: Date, script: MockScript) -> String {
        switch progress(at: now, script: script).state {
        case .issued: shown?.leaf?.revocation == nil ? "issued" : "revoked"
        case .rejected: "rejected"
        case .cancelled: "cancelled"
        default: "pending"
        }
    }

    /// Changes whenever an import would see something new; finding the order pending once more is nothing new.
    func version(at now: Date, script: MockScript) -> String {
        let progress = progress(at: now, script: script)
        let revocation = shown?.leaf?.revocation == nil ? "" : "/revoked"
        let signed = issuances.count { $0.leaf != nil && $0.staleReads == 0 } + (progress.isReady ? 1 : 0)
        return "\(progress.countsPolls ? "pending" : progress.wording)/\(issuances.count)/\(signed)"
            + revocation + (isRenewed ? "/renewed" : "")
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
