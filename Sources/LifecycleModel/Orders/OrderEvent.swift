// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// What came back. A failure names the call that failed: a lookup that timed out is not a write that did nothing.
public enum OrderEvent: Hashable, Sendable {
    case placed(OrderReference)
    case placeFailed(ProviderError)

    /// What a lookup found that began at a date: what reached the CA later cannot be in it.
    case located(Located, asked: Date)
    case lookupFailed(ProviderError)
    /// The CA cannot be asked whether it has the order.
    case lookupImpossible

    case polled(OrderSnapshot)
    case finalized
    case finalizeFailed(ProviderError)
    /// The CA wants a second write that this provider does not offer.
    case finalizeImpossible
    /// An order or certificate could not be read.
    case readFailed(ProviderError)

    /// What can be read is still the certificate that is to be replaced.
    case stillPredecessor(wording: String)
    /// The certificate was read, but there is nothing to collect.
    case notCollectable(CertificateSnapshot)
    case checkFailed(problems: [String], CertificateChain)
    case collected(CertificateID)
    /// - Parameter endsAt: the end of the certificate that has to wait, where it was seen.
    case noRoom(endsAt: Date?)
    case room

    /// An import met the order at the CA.
    case imported(OrderSnapshot)

    /// A person wants the order withdrawn.
    case cancelWished(comments: String)
    case cancelAnswered(CancellationOutcome)
    case cancelFailed(ProviderError)
    /// A person decides on a stuck order.
    case resolved(OrderResolution)
}

/// What a person decides about an order that is stuck.
public enum OrderResolution: Hashable, Sendable {
    /// It is at the CA, under this name.
    case placed(OrderReference)
    /// Go on: read again what the CA has, or, if it never got there, buy.
    case retry
    /// Let it go here. What the CA has stays there.
    case abandon
}

/// One question to the CA, or one write.
public enum OrderStep: String, Hashable, Sendable, Codable, CaseIterable {
    case submit, locate, poll, finalize, collect, cancel

    /// Whether it may change something at the CA: its intent is on record before it is sent.
    public var isWrite: Bool {
        switch self {
        case .submit, .finalize, .cancel: true
        case .locate, .poll, .collect: false
        }
    }
}
