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

    @Test func `every documented key is understood`() throws {
        let yaml = """
            inventory: {limit: 500}
            schedules:
              catalogs: weekly
              orders: {every: 12h, at: "03:00"}
            windows:
              - {days: [sat, sun], from: "01:00", to: "05:00", zone: Europe/Berlin}
            metrics: {address: 127.0.0.1, port: 9100}
            notifications:
              - webhook: https://example.org/hook
                events: [stuck]
            deployments: []
            log: {level: info, format: json}
            """
        let configuration = try HostConfiguration(yaml: yaml, named: "config.yaml")
        #expect(configuration.inventoryLimit == 500)
        #expect(configuration.logLevel == "info")
        #expect(configuration.logFormat == .json)
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
    ])
    func `what is wrong is said with its line`(_ yaml: String, _ says: String) {
        #expect(problem(yaml).contains(says), "\(problem(yaml))")
    }

    @Test func `all that is wrong is said at once`() {
        let said = problem("inventory:\n  limit: no\nlog:\n  format: xml\nelse: 1\n")
        #expect(said.contains(":2:") && said.contains(":4:") && said.contains(":5:"))
    }
}
