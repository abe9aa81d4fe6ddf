// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials

extension YearReport {
    /// All homes together.
    init(_ year: Year, _ homes: [YearReport]) {
        func sum(_ count: (YearReport) -> Int) -> Int { homes.reduce(0) { $0 + count($1) } }
        func sum(_ counts: (YearReport) -> [String: Int]) -> [String: Int] {
            homes.reduce(into: [:]) { $0.merge(counts($1), uniquingKeysWith: +) }
        }
        seed = year.seed
        certificates = year.certificates
        days = year.days
        self.homes = homes.count
        engines = year.engines
        faults = year.faults
        looks = year.looks
        bought = sum(\.bought)
        duplicates = sum(\.duplicates)
        overdue = sum(\.overdue)
        late = sum(\.late)
        expired = sum(\.expired)
        leastDaysLeft = homes.compactMap(\.leastDaysLeft).min()
        leastShareLeft = homes.compactMap(\.leastShareLeft).min()
        replaced = sum(\.replaced)
        slowestReplacementDays = homes.map(\.slowestReplacementDays).max() ?? 0
        calls = sum(\.calls)
        worstSecond = homes.map(\.worstSecond).max() ?? 0
        worstMinute = homes.map(\.worstMinute).max() ?? 0
        refusedCalls = sum(\.refusedCalls)
        lostAnswers = sum(\.lostAnswers)
        rejectedOrders = sum(\.rejectedOrders)
        revokedCertificates = sum(\.revokedCertificates)
        lostHosts = sum(\.lostHosts)
        outages = sum(\.outages)
        decisions = sum(\.decisions)
        steps = sum(\.steps)
        journalLines = sum(\.journalLines)
        digest = Fingerprint.sha256(Data(homes.map(\.digest).joined().utf8))
        findings = homes.flatMap(\.findings)
    }
}
