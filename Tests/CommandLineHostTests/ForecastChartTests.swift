// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import Testing

@testable import CommandLineHost

struct ForecastChartTests {
    private let now = Date(timeIntervalSince1970: 1_795_572_000)  // in 2026-W48

    /// So many orders and expiries in each week, by plans that are on record.
    private func view(_ weeks: [(orders: Int, expiring: Int)], account: String = "demo") -> ForecastView {
        var forecast = Forecast(from: now, weeks: weeks.count)
        var number = 0
        func add(_ date: Date, isRenewed: Bool) {
            number += 1
            let certificate = Self.certificate(number, from: now, until: isRenewed ? nil : date, account)
            var managed = ManagedCertificate(id: certificate.managed, account: account, createdAt: now)
            managed.autoRenewal = AutoRenewal(isEnabled: isRenewed, share: 0.95)
            managed.isAutoRenewalOwn = true
            if isRenewed {
                managed.renewal = RenewalPlan(certificate: certificate.id, dueAt: date, reason: .expiring, note: "")
            }
            forecast.add(KeptCertificate(certificate: certificate, managed: managed, account: nil, hasKey: true))
        }
        for (week, counts) in zip(forecast.weeks, weeks) {
            let date = max(now, week.start).addingTimeInterval(3600)
            for _ in 0..<counts.orders { add(date, isRenewed: true) }
            for _ in 0..<counts.expiring { add(date, isRenewed: false) }
        }
        let pace = CallPace(requestsPerSecond: nil, requestsInFlight: 8)
        return ForecastView(
            report: ForecastReport(forecast: forecast, paces: [account: pace], unreadable: []), account: nil)
    }

    private static func certificate(
        _ number: Int, from now: Date, until end: Date?, _ account: String
    ) -> IssuedCertificate {
        let facts = CertificateFacts(
            commonName: "a.org", alternativeNames: [], serialNumber: SerialNumber("01"), subject: "", issuer: "",
            notBefore: now, notAfter: end ?? now.addingTimeInterval(199 * 86400), sha256: "\(number)",
            publicKey: PublicKeyDigest("k"), keyAlgorithm: .rsa2048)
        return IssuedCertificate(
            id: CertificateID("crt_\(number)"), account: account, managed: ManagedCertificateID("mgd_\(number)"),
            order: OrderID("ord_1"), reference: CertificateReference("1"), facts: facts,
            chain: CertificateChain(certificates: []), createdAt: now)
    }

    @Test func `bars are as long as their weeks are busy, and the busiest is marked`() {
        let text = ForecastChart(view([(10, 0), (40, 0), (0, 20), (0, 0), (1, 0)]), width: 80, isPlain: true).text
        let lines = text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("202") }
        let bars = lines.map { line in ["#", "x"].map { mark in line.count { String($0) == mark } } }
        #expect(bars[1][0] >= 4 * bars[0][0] && bars[0][0] > 8)
        #expect(bars[2] == [0, bars[1][0] / 2] && bars[3] == [0, 0] && bars[4] == [1, 0])
        #expect(lines.map { $0.hasSuffix(" peak") } == [false, true, false, false, false])
        #expect(lines[1].hasPrefix("2026-W49      40       -  ###"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [40, 80, 132])
    func `a chart fits its width, and a terminal's has blocks`(_ width: Int) {
        let text = ForecastChart(view([(300, 3), (7, 100)]), width: width, isPlain: false).text
        let bars = text.split(separator: "\n").filter { $0.hasPrefix("202") }
        #expect(bars.allSatisfy { $0.count <= width && $0.contains("█") && $0.contains("░") })
        #expect((bars.map(\.count).max() ?? 0) > width - 8)
    }

    @Test func `a picture shows every bar to scale, with its peak`() throws {
        let text = ForecastDrawing(view([(10, 0), (40, 0), (0, 20)])).text
        let heights = try text.matches(of: /height="([0-9.]+)" fill="#(?:2f6db3|c8553d)"><title>/)
            .map { try #require(Double($0.output.1)) }
        #expect(heights.count == 3)
        #expect(abs(heights[1] / heights[0] - 4) < 0.05 && abs(heights[1] / heights[2] - 2) < 0.05)
        #expect(text.contains("peak: 40 in 2026-W49</text>"))
        #expect(["2026-W48", "2026-W49", "2026-W50"].allSatisfy { text.contains(">\($0)</text>") })
    }

    @Test func `of many weeks, as many are labelled as fit side by side`() {
        let text = ForecastDrawing(view(Array(repeating: (1, 0), count: 260))).text
        let labels = text.matches(of: />[0-9]{4}-W[0-9]{2}<\/text>/).count
        #expect((20...60).contains(labels))
    }

    @Test(arguments: [(1, 1), (5, 1), (6, 2), (11, 5), (48, 10), (577, 200), (1_000_000, 200_000)])
    func `the scale has about five round steps`(_ most: Int, _ step: Int) {
        #expect(ForecastDrawing.step(for: most) == step)
    }

    @Test func `what a name contains does not become a part of the picture`() {
        #expect(ForecastDrawing.escaped("a<b>&c") == "a&lt;b&gt;&amp;c")
    }

    @Test func `reading tells how far it is, and how long it may still take`() {
        #expect(ForecastCommand.progress(0, of: 100, seconds: 1) == "reading certificates: 0")
        #expect(
            ForecastCommand.progress(25, of: 100, seconds: 5) == "reading certificates: 25 of 100, about 15 s to go")
        #expect(ForecastCommand.progress(25, of: nil, seconds: 5) == "reading certificates: 25")
    }
}
