// SPDX-License-Identifier: Apache-2.0

/// Every call of the contract and of its capabilities, named as its function is.
package enum ProviderCall: String, CaseIterable, Hashable, Sendable {
    case check, profiles, place, order, certificate, revoke, renew, reissue, cancel, finalize, locate
    case listOrders, orderWithCertificate, listOrganizations, listDomains

    /// Whether it may change something at the CA.
    var isWrite: Bool {
        switch self {
        case .place, .renew, .reissue, .revoke, .cancel, .finalize: true
        case .check, .profiles, .order, .certificate, .locate: false
        case .listOrders, .orderWithCertificate, .listOrganizations, .listDomains: false
        }
    }

    /// Whether it asks for a certificate.
    var isPurchase: Bool {
        switch self {
        case .place, .renew, .reissue: true
        default: false
        }
    }
}
