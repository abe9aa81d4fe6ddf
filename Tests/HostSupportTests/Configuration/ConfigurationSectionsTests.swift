// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import Testing

@testable import HostSupport

/// What becomes of the parts of a configuration.
struct ConfigurationSectionsTests {
    private func read(
        _ yaml: String, in surroundings: ConfigurationSurroundings? = nil
    ) throws(ConfigurationFailure) -> HostConfiguration {
        try HostConfiguration(yaml: yaml, named: "f", in: surroundings)
    }

    private func problems(_ yaml: String, in surroundings: ConfigurationSurroundings? = nil) -> [String] {
        do throws(ConfigurationFailure) {
            _ = try read(yaml, in: surroundings)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `schedules and windows`() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        let configuration = try read(
            """
            schedules:
              catalogs: monthly
              orders: {every: daily, at: "03:00", zone: Europe/Berlin}
              retention:
            windows:
              - {days: [mon-fri, sun], from: "22:00", to: "05:00", zone: Europe/Berlin}
              - {from: "12:00", to: "24:00"}
            """)
        #expect(configuration.schedules.catalogs == Schedule(every: .seconds(30 * 86_400)))
        #expect(configuration.schedules.orders == Schedule(every: .seconds(86_400), at: 180, zone: berlin))
        #expect(configuration.schedules.revocations == DutySchedules().revocations)
        #expect(
            configuration.windows == [
                MaintenanceWindow(days: [1, 2, 3, 4, 5, 7], from: 1320, to: 300, zone: berlin),
                MaintenanceWindow(from: 720, to: 1440, zone: .gmt),
            ])
    }

    @Test func `channels of all three kinds`() throws {
        let channels = try read(
            """
            notifications:
              - {name: hook, webhook: "https://example.org/h", secret: env:HOOK, events: [account, order.stuck], severity: critical}
              - {name: page, command: [/usr/bin/page, --now], digest: 5m}
              - {name: post, mail: {to: [ops@example.org, root]}}
            """
        ).channels
        #expect(channels.map(\.name) == ["hook", "page", "post"])
        #expect(channels[0].means == .webhook(address: "https://example.org/h", secret: .environment("HOOK")))
        #expect(channels[0].events == ["account", "order.stuck"] && channels[0].severity == .critical)
        #expect(channels[1].means == .command(["/usr/bin/page", "--now"]) && channels[1].digest == .seconds(300))
        let mailer = ["/usr/sbin/sendmail", "-i", "-t"]
        #expect(channels[2].means == .mail(to: ["ops@example.org", "root"], from: nil, command: mailer))
    }

    @Test func `targets of both kinds`() throws {
        let targets = try read(
            """
            deployments:
              - name: web
                certificates: "*.example.org"
                folder: /etc/tls/{name}
                owner: root
                mode: "0600"
                keep: 5
                reload: [/usr/sbin/nginx, -s, reload]
                time-limit: 10s
                webhook: https://example.org/deployed
                verify: {address: "127.0.0.1:443", name: www.example.org}
              - {name: java, certificates: [app.example.org], keystore: /srv/app.jks, format: jks, password: "file:/p"}
            """
        ).targets
        #expect(targets.map(\.name) == ["web", "java"])
        #expect(targets[0].place == .folder(path: "/etc/tls/{name}"))
        #expect(targets[0].owner == "root" && targets[0].mode == 0o600 && targets[0].keptVersions == 5)
        #expect(targets[0].reload == ["/usr/sbin/nginx", "-s", "reload"] && targets[0].timeLimit == .seconds(10))
        #expect(
            targets[0].endpoint
                == DeploymentTarget.Endpoint(host: "127.0.0.1", port: 443, serverName: "www.example.org"))
        #expect(targets[1].place == .keystore(path: "/srv/app.jks", format: .jks, password: .file("/p")))
    }

    @Test func `the rest`() throws {
        let configuration = try read(
            """
            inventory: {limit: 500}
            renewal: {share: 0.5, spread: 0.1}
            retention: {journal: 400d}
            run: {parallel: 3, lease: 30s}
            metrics: {port: 9100}
            heartbeat: {url: env:BEAT, every: 5m}
            log: {level: info, format: json}
            """)
        #expect(configuration.inventoryLimit == 500 && configuration.parallel == 3)
        #expect(configuration.lease == .seconds(30))
        #expect(configuration.renewal == RenewalPolicy(share: 0.5, spread: 0.1))
        #expect(configuration.journalAge == .seconds(400 * 86_400))
        #expect(configuration.metrics == HostConfiguration.Metrics(address: "127.0.0.1", port: 9100))
        let beat = HostConfiguration.Heartbeat(address: .secret(.environment("BEAT")), every: .seconds(300))
        #expect(configuration.heartbeat == beat)
        #expect(configuration.logLevel == "info" && configuration.logFormat == .json)
    }

    @Test(arguments: [
        ("windows: [{days: [], from: '01:00', to: '02:00'}]", "f:1: a window without days never opens"),
        ("windows: [{from: '01:00', to: '01:00'}]", "f:1: a window from a time to the same time never opens"),
        ("windows: [{from: '01:00'}]", "f:1: a window needs to"),
        (
            "windows: [{from: '01:00', to: '02:00'}]\nschedules:\n  renewals: {every: daily, at: '03:00'}",
            "f:3: schedules.renewals never comes within any of the windows"
        ),
        (
            "schedules: {orders: {every: 12h, at: '03:00'}}",
            "f:1: schedules.orders.at needs whole days, such as daily or 3d"
        ),
        ("schedules: {orders: {at: '03:00'}}", "f:1: schedules.orders needs every"),
        ("schedules: {orders: {every: 12h, zone: UTC}}", "f:1: schedules.orders.zone is of no use without at"),
        ("notifications:\n  - {webhook: 'https://a.example'}", "f:2: a notification needs name"),
        ("notifications: [{name: a}]", "f:1: a notification needs one of webhook, command and mail"),
        ("notifications: [{name: a, command: [/bin/a], secret: env:A}]", "f:1: only a webhook has a secret"),
        (
            "notifications:\n  - name: a\n    command: [/bin/a]\n    events: [order, renewal.stuk, import.stands]",
            "f:4: notifications.events must be kinds of events or their first words, and renewal.stuk is none: did "
                + "you mean renewal.stuck?"
        ),
        (
            "notifications: [{name: a, command: page --now}]",
            "f:1: notifications.command must be a list of a program, by its absolute path, and its arguments, since no "
                + "shell reads it"
        ),
        (
            "notifications:\n  - {name: a, command: [/bin/a]}\n  - {name: a, command: [/bin/b]}",
            "f:3: the notification \"a\" is there already, in line 2"
        ),
        ("deployments: [{name: a, certificates: [], folder: /a}]", "f:1: a deployment of no certificate does nothing"),
        ("deployments: [{name: a, certificates: b}]", "f:1: a deployment needs one of folder and keystore"),
        (
            "deployments: [{name: a, certificates: b, folder: /a, password: env:A}]",
            "f:1: only a keystore has a password"
        ),
        ("deployments: [{name: a, certificates: b, keystore: /a}]", "f:1: a keystore needs format"),
        (
            "deployments: [{name: a, certificates: b, keystore: /a, format: pem}]",
            "f:1: deployments.format must be pkcs12 or jks"
        ),
        (
            "deployments: [{name: a, certificates: b, folder: /a, mode: '0666'}]",
            "f:1: deployments.mode must be without the right of all others to write"
        ),
    ])
    func `what cannot be is found`(_ yaml: String, _ problem: String) {
        #expect(problems(yaml) == [problem])
    }

    @Test(arguments: [
        ("/a", "b", "/a", "c", true), ("/a", "b", "/a/./", "b", true), ("/a", "b", "/c", "b", false),
        ("/a/{name}", "b.example", "/a/b.example", "c.example", true),
        ("/a/b.example", "c.example", "/a/{name}", "b.example", true),
        ("/a/{name}", "b.example", "/a/c.example", "c.example", false),
        ("/a/{name}", "'*.example'", "/a/{name}", "b.example", false),
    ])
    func `two targets do not share a path`(
        _ first: String, _ one: String, _ second: String, _ other: String, _ isShared: Bool
    ) {
        let yaml = """
            deployments:
              - {name: x, certificates: \(one), folder: "\(first)"}
              - {name: y, certificates: \(other), folder: "\(second)"}
            """
        let found = problems(yaml)
        #expect(found.count == (isShared ? 1 : 0), "\(found)")
        #expect(found.allSatisfy { $0.hasPrefix("f:3: the deployments \"x\" and \"y\" share the path") })
    }

    @Test(arguments: [
        ("/t/x", "b", "/t/x/key.pem", "c", true), ("/t/x/key.pem", "b", "/t/x", "c", true),
        ("/t/x", "b", "/t/xy", "c", false), ("/t/x/y", "b", "/t/x/z", "c", false),
        ("/t/x", "b", "/t/x.versions", "c", true), ("/t/x.versions/y", "b", "/t/x", "c", true),
        ("/t/{name}", "b.example", "/t/b.example/key", "c", true), ("/t/{name}", "b.example", "/t/c/key", "c", false),
        ("/t/{name}", "'*.example'", "/t/b.example/key", "c", true),
        ("/t/{name}", "'*.example'", "/t/b.example.versions/key", "c", true),
        ("/t/{name}", "'*.example'", "/t/key", "c", false), ("/t/{name}", "'*.example'", "/t/c/key", "c", false),
        ("/t/{name}", "b", "/t/{name}/key", "c", false), ("/t/{name}", "'*'", "/t/{name}/key", "'*'", true),
        ("/t/{name}", "'*'", "/t/app.jks", "c", false), ("/t/{name}", "'*'", "/t/java/key", "c", false),
        ("/t/k", "b", "/t/k/{name}", "c", true), ("/t/{name}", "b", "/t/{name}.pem", "b", false),
    ])
    func `two targets do not lie in one another`(
        _ first: String, _ one: String, _ second: String, _ other: String, _ isNested: Bool
    ) {
        let yaml = """
            deployments:
              - {name: x, certificates: \(one), folder: "\(first)"}
              - {name: y, certificates: \(other), keystore: "\(second)", format: jks}
            """
        let problem = "f:3: the deployments \"x\" and \"y\" lie in one another: \(first) and \(second)"
        #expect(problems(yaml) == (isNested ? [problem] : []))
    }

    @Test func `what is not there is a problem only where it is used`() {
        let yaml = """
            notifications:
              - name: hook
                webhook: https://example.org/h
                secret: env:HOOK
              - {name: page, command: [/no/such/program]}
            heartbeat: {url: "file:/no/such/file"}
            deployments:
              - {name: web, certificates: a, folder: /a, owner: no-such-user, group: no-such-group}
            """
        #expect(problems(yaml) == [])
        let found = problems(yaml, in: ConfigurationSurroundings(environment: ["HOOK": ""]))
        #expect(
            found == [
                "f:4: notifications.secret: environment variable HOOK is not set",
                "f:5: notifications.command: cannot run /no/such/program: No such file or directory",
                "f:6: heartbeat.url: cannot read /no/such/file: No such file or directory",
                "f:8: there is no user \"no-such-user\"", "f:8: there is no group \"no-such-group\"",
            ])
    }
}
