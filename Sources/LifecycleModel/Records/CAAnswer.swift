// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
package import PublicCA

/// What a CA said, as the bytes whose SHA-256 a journal line keeps: an auditor who has them from elsewhere, such as the
/// CA's own list, can recompute it.
package enum CAAnswer {
    /// The CA's name for an order, or its wording, as it is; where a provider hands on neither, the contract's word for the
    /// outcome, such as `alreadyRevoked`.
    package static func bytes(of text: String) -> Data { Data(text.utf8) }

    /// The DER of the certificates one after the other, leaf first, in the order in which they are kept.
    package static func bytes(of chain: CertificateChain) -> Data { Data(chain.certificates.joined()) }
}

extension ProviderError {
    /// The CA's own text, where it sent one.
    package var answer: Data? { wording.map { CAAnswer.bytes(of: $0) } }
}

extension CertificateSnapshot {
    /// The chain; where there is none, the CA's word for the state.
    package var answer: Data { chain.map { CAAnswer.bytes(of: $0) } ?? CAAnswer.bytes(of: wording) }
}

extension OrderEvent {
    /// What the CA said; `nil` where it said nothing that is kept, and where a person spoke.
    package var answer: Data? {
        switch self {
        case .placed(let reference): CAAnswer.bytes(of: reference.rawValue)
        case .located(let located, _): CAAnswer.bytes(of: located.words)
        case .polled(let snapshot), .imported(let snapshot): CAAnswer.bytes(of: snapshot.wording)
        case .stillPredecessor(let wording): CAAnswer.bytes(of: wording)
        case .notCollectable(let snapshot): CAAnswer.bytes(of: snapshot.wording)
        case .checkFailed(_, let chain): CAAnswer.bytes(of: chain)
        case .placeFailed(let error), .lookupFailed(let error), .finalizeFailed(let error), .readFailed(let error),
            .cancelFailed(let error):
            error.answer
        case .finalized: CAAnswer.bytes(of: "finalized")
        case .cancelAnswered(let outcome): CAAnswer.bytes(of: "\(outcome)")
        case .lookupImpossible, .finalizeImpossible, .collected, .noRoom, .room, .cancelWished, .resolved: nil
        }
    }
}

extension RevocationEvent {
    /// What the CA said; `nil` where it said nothing that is kept, and where a person spoke.
    package var answer: Data? {
        switch self {
        case .read(let snapshot): CAAnswer.bytes(of: snapshot.wording)
        case .sendFailed(let error), .readFailed(let error): error.answer
        case .sent(let outcome): CAAnswer.bytes(of: "\(outcome)")
        case .retried, .accountRemoved: nil
        }
    }
}

extension Located {
    /// The references that were found, a line each.
    fileprivate var words: String {
        switch self {
        case .found(let reference): reference.rawValue
        case .absent: "absent"
        case .undecided(let references): references.map(\.rawValue).joined(separator: "\n")
        }
    }
}
