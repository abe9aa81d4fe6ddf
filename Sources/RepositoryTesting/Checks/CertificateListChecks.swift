// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    /// Eight certificates: two accounts, two statuses, with and without successor, each ending a day after the last.
    private static let certificates: [IssuedCertificate] = (0..<8).map { number in
        Sample.certificate(
            "crt_\(number)", account: number & 1 == 0 ? "main" : "other", status: number & 2 == 0 ? .valid : .revoked,
            names: ["host\(number).example.org"], managed: number < 6 ? "mgd_1" : "mgd_2", days: 10 + number,
            successor: number & 4 == 0 ? nil : "crt_9")
    }

    private static func end(_ number: Int) -> Date { Sample.start.adding(.seconds(86400 * (10 + number))) }

    private static func certificateRow(
        _ what: String, _ expected: [Int], _ fill: @escaping @Sendable (inout CertificateQuery) -> Void
    ) -> RepositoryCheck {
        RepositoryCheck("certificates are listed \(what)") { checked in
            try await checked.commit { $0.puts = certificates.reversed().map { .certificate($0) } }
            var query = CertificateQuery()
            fill(&query)
            let found = try await checked.repository.certificates(query).items.map(\.id.rawValue)
            try expect("certificates", found, expected.map { "crt_\($0)" })
        }
    }

    static let certificateLists: [RepositoryCheck] = [
        certificateRow("in the order of ids", Array(0..<8)) { _ in },
        certificateRow("by account", [1, 3, 5, 7]) { $0.account = "other" },
        certificateRow("by status", [2, 3, 6, 7]) { $0.statuses = [.revoked] },
        certificateRow("by several statuses", Array(0..<8)) { $0.statuses = [.valid, .revoked, .replaced] },
        certificateRow("by managed certificate", [6, 7]) { $0.managed = ManagedCertificateID("mgd_2") },
        certificateRow("by name", [3]) { $0.name = NamePattern("Host3.example.org") },
        certificateRow("by the beginning of the id", [5]) { $0.idPrefix = "crt_5" },
        certificateRow("when nothing has succeeded them", [0, 1, 2, 3]) { $0.withoutSuccessor = true },
        certificateRow("by account when nothing has succeeded them", [0, 2]) {
            $0.withoutSuccessor = true
            $0.account = "main"
        },
        certificateRow("by the range of their end, its upper bound left out", [2, 3, 4]) {
            $0.notAfter = end(2)..<end(5)
        },
        certificateRow("by an empty range of their end", []) { $0.notAfter = end(2)..<end(2) },
        certificateRow("by end, status, account and successor", [0]) {
            $0.notAfter = end(0)..<end(8)
            $0.statuses = [.valid]
            $0.account = "main"
            $0.withoutSuccessor = true
        },
        certificateRow("by managed certificate, status and end", [4, 5]) {
            $0.managed = ManagedCertificateID("mgd_1")
            $0.statuses = [.valid]
            $0.notAfter = end(2)..<end(8)
        },
        certificateRow("by all conditions together", [1]) {
            $0.account = "other"
            $0.statuses = [.valid, .expired]
            $0.name = NamePattern("host*")
            $0.idPrefix = "crt_"
            $0.managed = ManagedCertificateID("mgd_1")
            $0.notAfter = end(0)..<end(4)
            $0.withoutSuccessor = true
        },
        certificateRow("by end, after another", [4]) {
            $0.notAfter = end(2)..<end(5)
            $0.after = PageCursor("crt_3")
        },
    ]
}
