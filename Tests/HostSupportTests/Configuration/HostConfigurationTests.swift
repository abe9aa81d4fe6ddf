// SPDX-License-Identifier: Apache-2.0

import HostSupport
import LifecycleEngine
import Testing

struct HostConfigurationTests {
    private func problem(_ yaml: String) -> String {
        do {
            _ = try HostConfiguration(yaml: yaml, named: "config.yaml")
            return ""
        } catch {
            return error.message
        }
    }

    @Test(arguments: ["", "# nothing but a comment\n", "{}"])
    func `an empty file says nothing`(_ yaml: String) throws {
        #expect(try HostConfiguration(yaml: yaml, named: "config.yaml") == HostConfiguration())
    }

    @Test(arguments: [
        ("inventry:\n  limit: 3", "config.yaml:1: unknown key \"inventry\", did you mean inventory?"),
        ("log:\n  levle: info", "config.yaml:2: unknown key \"log.levle\", did you mean level?"),
        ("inventory:\n  limit: many", "config.yaml:2: inventory.limit must be a whole number"),
        ("inventory:\n  limit: 0", "must be a whole number from 1"),
        ("metrics:\n  port: 70000", "metrics.port must be a whole number from 1 to 65535"),
        ("schedules:\n  orders: sometimes", "config.yaml:2: schedules.orders must be such as daily"),
        ("schedules:\n  orders: {every: daily, at: noon}", "schedules.orders.at must be a time"),
        ("windows: always", "windows must be a list"),
        ("log: loud", "log must be with format, level below it"),
        ("- a list", "the file must be"),
        ("log: {level: info", "this is not YAML"),
        ("log: {level: info}\nlog: {format: json}", "is given twice"),
        ("renewal: {share: 2}", "renewal.share must be a number from 0.5 to 0.95"),
        ("renewal:\n  share: 0.2", "config.yaml:2: renewal.share must be a number from 0.5 to 0.95"),
        ("retention: {journal: long}", "retention.journal must be a time span such as 90s"),
        ("run: {parallel: 0}", "run.parallel must be a whole number from 1 to 256"),
        ("run: {lease: 9s}", "run.lease must be a time span from 10s to 1h"),
        ("run: {lease: 2h}", "run.lease must be a time span from 10s to 1h"),
        ("metrics: {address: 127.0.0.1}", "config.yaml:1: metrics needs port"),
        ("metrics:\n  port: 1\n  address: not an ip", "config.yaml:3: metrics.address must be an IP address such as"),
        ("heartbeat: {every: 60s}", "heartbeat needs url"),
        ("heartbeat: {url: example.org}", "heartbeat.url must be an address"),
    ])
    func `what is wrong is said with its line`(_ yaml: String, _ says: String) {
        #expect(problem(yaml).contains(says), "\(problem(yaml))")
    }

    @Test(arguments: ["127.0.0.1", "0.0.0.0", "::", "2001:db8::1", "localhost", "metrics.example.org", "node_1"])
    func `numbers are shown at an address or a name`(_ address: String) throws {
        let yaml = "metrics: {port: 1, address: \"\(address)\"}"
        #expect(try HostConfiguration(yaml: yaml, named: "f").metrics?.address == address)
    }

    @Test(arguments: ["127.0.0", "256.0.0.1", "1", "::g", "127.0.0.1:80", "a b", "-a", "a..b", "a/b", "http://a"])
    func `nothing is shown where no host can be`(_ address: String) {
        #expect(problem("metrics: {port: 1, address: \"\(address)\"}").contains("metrics.address must be"))
    }

    @Test func `all that is wrong is said at once`() {
        let said = problem("inventory:\n  limit: no\nlog:\n  format: xml\nelse: 1\n")
        #expect(said.contains(":2:") && said.contains(":4:") && said.contains(":5:"))
    }

    @Test func `a key that is given twice hides nothing else`() {
        let said = problem(
            """
            log: {level: info, "level": loud, level: debug}
            metrics:
              port: 1
              'address': ::1
              address: not an ip
              port: none
            log: {format: xml}
            else: 1
            """)
        let lines = [
            "1: level is given twice", "1: level is given twice", "1: log is given twice", "3: port is given twice",
            "4: address is given twice", "5: metrics.address must be", "6: metrics.port must be",
            "7: log.format must be", "8: unknown key \"else\"",
        ]
        let found = said.split(separator: "config.yaml:").dropFirst(said.hasPrefix("config.yaml:") ? 0 : 1)
        #expect(found.count == lines.count, "\(said)")
        for (one, line) in zip(found, lines) { #expect(one.hasPrefix(line)) }
    }

    @Test func `what is wrong after a key that is given twice may also be the YAML`() {
        let said = problem("log: {level: info, level: debug}\nrun: {parallel: 3")
        #expect(said.contains(":1: level is given twice") && said.contains("this is not YAML"))
    }

    @Test(arguments: [
        ("notifications:\n  - command: [/bin/a]\n    severity: loud", "notifications.severity must be"),
        ("notifications:\n  - name: a\n    # by nothing\n    digest: soon", "notifications.digest must be"),
        ("deployments:\n  - folder: /a\n    certificates: b\n    mode: x", "deployments.mode must be"),
    ])
    func `what is missing hides no other mistake of the entry`(_ yaml: String, _ says: String) {
        #expect(problem(yaml).contains(":2: a ") && problem(yaml).contains(says), "\(problem(yaml))")
    }
}
