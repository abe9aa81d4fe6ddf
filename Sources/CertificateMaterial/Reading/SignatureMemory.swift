// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Synchronization

/// Whether the signatures on certificates of CAs hold, each looked at once: an inventory of many thousand certificates
/// hangs on a few CAs, and looking costs more than all other reading of a chain.
enum SignatureMemory {
    /// A certificate by its bytes and their hash; one changed bit makes it another.
    typealias Certificate = (der: Data, hash: String)

    private struct Pair: Hashable {
        var certificate: String
        var issuer: String
    }

    /// Far more than there are; who sends more makes us look again.
    private static let most = 1000
    private static let verdicts = Mutex<[Pair: Bool]>([:])

    static func isSigned(_ certificate: Certificate, by issuer: Certificate) -> Bool {
        let pair = Pair(certificate: certificate.hash, issuer: issuer.hash)
        if let verdict = verdicts.withLock({ $0[pair] }) { return verdict }
        let verdict = SignatureCheck.isSigned(certificate.der, by: issuer.der)
        verdicts.withLock { verdicts in
            if verdicts.count >= most { verdicts = [:] }
            verdicts[pair] = verdict
        }
        return verdict
    }
}
