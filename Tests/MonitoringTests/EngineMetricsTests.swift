// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import LifecycleEngine
import LifecycleModel
import PublicCA
import Testing

@testable import Monitoring

struct EngineMetricsTests {
    private let monitor = Monitor(now: { Date(timeIntervalSince1970: 1_767_225_600) })
    private var text: String { PrometheusText.write(monitor.registry.families()) }

    private func exchange(_ method: HTTPRequest.Method, _ ending: Exchange.Ending, path: String = "/x") -> Exchange {
        Exchange(
            HTTPRequest(method: method, scheme: "https", authority: "ca.example", path: path), ending,
            after: .milliseconds(30))
    }

    @Test func `steps are counted by what they are about and how they ended`() {
        let order = Subject.order(OrderID("ord_1"))
        monitor.note(.stepped(order, step: "submit", note: "the CA's own words"))
        monitor.note(.stepped(.order(OrderID("ord_2")), step: "submit", note: "other words"))
        monitor.note(.dropped(order, step: "poll", reason: "late"))
        monitor.note(.deferred(.channel("ops"), step: "deliver", reason: "no secret"))
        #expect(text.contains(#"publicca_steps_total{kind="order",result="stepped",step="submit"} 2"#))
        #expect(text.contains(#"publicca_steps_total{kind="order",result="dropped",step="poll"} 1"#))
        #expect(text.contains(#"publicca_steps_total{kind="channel",result="deferred",step="deliver"} 1"#))
        #expect(!text.contains("words") && !text.contains("ord_1"))
    }

    @Test func `pauses and pages of imports are counted by account`() {
        monitor.note(.accountPaused("main", reason: "wrong password"))
        monitor.note(
            .imported(
                ImportRun(id: ImportID("imp_1"), account: "main", options: ImportOptions(), createdAt: monitor.now())))
        #expect(text.contains(#"publicca_account_pauses_total{account="main"} 1"#))
        #expect(text.contains(#"publicca_import_pages_total{account="main"} 1"#))
    }

    @Test func `exchanges are counted by how they ended, and timed by provider`() {
        let found = exchange(.get, .answered(status: 200, bytes: 10), path: "/ssl/4711")
        monitor.note(found, account: "main", provider: "sectigo")
        let labels = #"account="main",method="GET",outcome="success",provider="sectigo",status="2xx""#
        #expect(text.contains("publicca_ca_requests_total{\(labels)} 1"))
        #expect(text.contains(#"publicca_ca_request_duration_seconds_bucket{provider="sectigo",le="0.025"} 0"#))
        #expect(text.contains(#"publicca_ca_request_duration_seconds_bucket{provider="sectigo",le="0.05"} 1"#))
        #expect(!text.contains("4711") && !text.contains("ca.example"))
    }

    @Test func `passes are counted and timed, and tell whether this process is ready`() {
        #expect(monitor.passProblem(patience: .seconds(60)) != nil)
        monitor.passEnded(after: .seconds(2), well: true)
        #expect(monitor.passProblem(patience: .seconds(60)) == nil)
        monitor.passEnded(after: .seconds(20), well: false)
        #expect(monitor.passProblem(patience: .seconds(60)) != nil)
        #expect(text.contains(#"publicca_passes_total{result="ended"} 1"#))
        #expect(text.contains(#"publicca_passes_total{result="failed"} 1"#))
        #expect(text.contains("publicca_pass_duration_seconds_sum 22"))
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, Exchange.Ending.answered(status: 204, bytes: 0), "success", "2xx"),
        (.get, .answered(status: 404, bytes: 0), "notFound", "4xx"),
        (.post, .answered(status: 404, bytes: 0), "rejected", "4xx"),
        (.get, .answered(status: 503, bytes: 0), "transient", "5xx"),
        (.post, .answered(status: 503, bytes: 0), "ambiguous", "5xx"),
        (.post, .answered(status: 401, bytes: 0), "account", "4xx"),
        (.get, .answered(status: 999, bytes: 0), "transient", "other"),
        (.post, .failed(.notSent("nobody listens there")), "transient", "none"),
        (.post, .failed(.interrupted("cut")), "ambiguous", "none"),
        (.get, .failed(.interrupted("cut")), "transient", "none"),
    ])
    func `what an exchange means follows from its method and its ending`(
        _ method: HTTPRequest.Method, _ ending: Exchange.Ending, _ outcome: String, _ status: String
    ) {
        let exchange = exchange(method, ending)
        #expect(exchange.outcome == outcome && exchange.statusClass == status)
    }

    @Test(arguments: [
        ("/api/ssl/v1/4711?name=www.example.org", "/api/ssl/v1/{id}"),
        ("/api/ssl/v1/collect/4711/x509CO", "/api/ssl/v1/collect/{id}/x509CO"),
        ("/domain/www.example.org/", "/domain/{id}/"), ("/o/0f8fad5b-d9cb-469f-a165-70867728950e", "/o/{id}"),
        ("/person/a@example.org", "/person/{id}"), ("", ""), ("/", "/"),
    ])
    func `a path is told without what names a single thing`(_ path: String, _ told: String) {
        #expect(exchange(.get, .answered(status: 200, bytes: 0), path: path).path == told)
    }
}
