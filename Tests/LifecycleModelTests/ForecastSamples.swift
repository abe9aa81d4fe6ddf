// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA

/// Certificates to forecast with.
enum ForecastSamples {
    static func certificate(
        _ id: String, days: Double, from notBefore: Date, account: String = "demo"
    ) -> IssuedCertificate {
        let facts = CertificateFacts(
            commonName: "a.org", alternativeNames: [.dnsName("a.org")], serialNumber: SerialNumber("01"),
            subject: "CN=a.org", issuer: "CN=CA", notBefore: notBefore,
            notAfter: notBefore.addingTimeInterval(days * 86400), sha256: id, publicKey: PublicKeyDigest("k"),
            keyAlgorithm: .rsa2048)
        return IssuedCertificate(
            id: CertificateID(id), account: account, managed: ManagedCertificateID("mgd_\(id)"),
            order: OrderID("ord_1"), reference: OrderSamples.issued, facts: facts,
            chain: CertificateChain(certificates: []), createdAt: notBefore)
    }

    static func kept(
        _ certificate: IssuedCertificate, _ choice: AutoRenewal, plan: RenewalPlan? = nil, hasKey: Bool = true
    ) -> KeptCertificate {
        var managed = ManagedCertificate(
            id: certificate.managed, account: certificate.account, createdAt: certificate.createdAt)
        managed.autoRenewal = choice
        managed.isAutoRenewalOwn = true
        managed.renewal = plan
        return KeptCertificate(certificate: certificate, managed: managed, account: nil, hasKey: hasKey)
    }

    /// The label of a date's week by Foundation's own calendar.
    static func week(_ date: Date) -> String {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.yearForWeekOfYear, .weekOfYear], from: date)
        return String(format: "%04d-W%02d", parts.yearForWeekOfYear ?? 0, parts.weekOfYear ?? 0)
    }

    /// The same numbers each time (SplitMix64).
    struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }
}
