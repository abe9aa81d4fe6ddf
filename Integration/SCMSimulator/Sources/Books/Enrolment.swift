// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import X509

/// What SCM keeps under an `sslId`.
struct Enrolment: Sendable {
    let id: Int
    /// Told once, in the answer to the order.
    var renewID: String
    var organization: Int
    var profile: Int
    var term: Int
    var commonName: String
    /// The names of the certificate, the common name among them.
    var names: [String]
    /// None for what was there before the simulator started.
    var csr: String?
    var publicKey: Certificate.PublicKey
    var key: KeyDescription
    var comments: String?
    var externalRequester: String?
    var customFields: [CustomValue] = []
    var requester: String
    var requestedVia = "REST API"
    var requested: Date
    var approved: Date?
    var approver: String?
    var wasApprovedByHand = false
    var declined: Date?
    var course: Profile.Course
    /// Names that are not validated yet, and that the order waits for.
    var waitsForDomain = false
    /// A word set from outside, whatever time says.
    var word: String?
    var issuances: [Issuance] = []
    var replaced: Date?
    var reasonCode: Int?
    var renewed: Date?
    /// Known to SCM without its certificate.
    var hasCertificate = true
    var suspendNotifications = false

    struct CustomValue: Hashable, Sendable {
        var name: String
        var value: String
    }

    /// The certificate that stands at this moment.
    func current(at now: Date) -> Issuance? { currentIndex(at: now).map { issuances[$0] } }

    func currentIndex(at now: Date) -> Int? { issuances.lastIndex { $0.issued <= now } }

    /// A successor under the same id is on its way.
    func awaitsReplacement(at now: Date) -> Bool {
        issuances.count > 1 && issuances[issuances.count - 1].issued > now
    }
}
