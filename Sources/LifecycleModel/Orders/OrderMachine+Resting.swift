// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import PublicCA

/// Nothing follows by itself: a person decides, or an import sees that the CA has gone on.
extension Order {
    mutating func receiveStuck(_ event: OrderEvent, at now: Date) -> Decision? {
        switch event {
        case .resolved(.placed(let reference)):
            certificateReference = nil
            wording = ""
            return place(reference, at: now, "a person found it at the CA as \(reference)")
        case .resolved(.retry) where reference != nil:
            // It is paid for: buying it again is never what "retry" means.
            enter(.placed)
            return .next(.poll, at: now, "a person asks to read it again")
        case .resolved(.retry):
            // It may have got there all the same, and come to light since: look before it is bought again.
            enter(.drafted)
            wasSent = wasSent || attempts > 0
            attempts = 0
            candidates = []
            return .next(.locate, at: now, "a person asks to look again, and to send it if it is not there")
        case .located(.found(let reference), _) where self.reference == nil:
            return place(reference, at: now, "an import found it at the CA as \(reference)")
        case .resolved(.abandon):
            let why = problem
            enter(.cancelled)
            problem = why
            return .rest(
                reference.map { "a person let it go; the CA still has it as \($0)" } ?? "a person let it go")
        default: return nil
        }
    }

    /// An imported order follows what the CA shows. One that was placed here has ended for good.
    mutating func receiveAtRest(_ event: OrderEvent, at now: Date) -> Decision? {
        guard kind == .imported else { return nil }
        switch (phase, event) {
        case (.completed, .noRoom(let end)) where certificate == nil:
            return awaitRoom(endsAt: end, at: now)
        case (.completed, .collected(let certificate)):
            self.certificate = certificate
            isCertificateUnread = false
            return .rest("collected as \(certificate)")
        case (_, .imported(let snapshot)):
            let why = problem
            adopt(snapshot)
            if phase == OrderPhase(imported: snapshot.state) {
                problem = why
                if case .issued(let reference) = snapshot.state { certificateReference = reference }
                return .rest("the CA says: \(snapshot.wording)")
            }
            enter(.placed)
            return .next(.poll, at: now, "the CA has gone on with it: \(snapshot.wording)")
        default: return nil
        }
    }
}

extension OrderPhase {
    /// Where an order is that an import meets for the first time.
    public init(imported state: OrderState) {
        self =
            switch state {
            case .awaitingValidation, .awaitingApproval, .processing, .readyToFinalize, .unrecognized: .placed
            case .issued: .completed
            case .rejected: .rejected
            case .cancelled: .cancelled
            }
    }
}
