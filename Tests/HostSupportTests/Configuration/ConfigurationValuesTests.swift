// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import Testing

@testable import HostSupport

struct ConfigurationValuesTests {
    /// What a reader makes of a text; `nil` where it does not fit.
    private func read<Value>(_ text: String, _ reader: (String) throws(Misfit) -> Value) -> Value? {
        do throws(Misfit) {
            return try reader(text)
        } catch {
            return nil
        }
    }

    @Test(arguments: [
        ("90s", 90), ("30m", 1800), ("12h", 43_200), ("7d", 604_800), ("2w", 1_209_600), ("0s", nil), ("-1h", nil),
        ("h", nil), ("", nil), ("1.5h", nil), ("3y", nil), ("daily", nil), ("9223372036854775807d", nil),
    ])
    func `time spans`(_ text: String, _ seconds: Int?) {
        #expect(read(text, ConfigurationValues.duration) == seconds.map { .seconds($0) })
    }

    @Test(arguments: [
        ("hourly", 3600), ("daily", 86_400), ("weekly", 604_800), ("monthly", 2_592_000), ("12h", 43_200),
        ("30s", nil), ("often", nil),
    ])
    func `how often`(_ text: String, _ seconds: Int?) {
        #expect(read(text, ConfigurationValues.interval) == seconds.map { .seconds($0) })
    }

    @Test(arguments: [
        ("00:00", 0), ("03:05", 185), ("23:59", 1439), ("24:00", nil), ("24:01", nil), ("3:00", nil), ("03:60", nil),
        ("+3:00", nil), ("noon", nil), ("03:00:00", nil),
    ])
    func `times of day`(_ text: String, _ minutes: Int?) {
        #expect(read(text, ConfigurationValues.time) == minutes)
        #expect(read(text, ConfigurationValues.endOfTime) == (text == "24:00" ? 1440 : minutes))
    }

    @Test(
        arguments: [
            ("mon", [1]), ("SUN", [7]), ("mon-fri", [1, 2, 3, 4, 5]), ("sat-mon", [6, 7, 1]), ("wed-wed", [3]),
            ("monday", nil), ("mon-", nil), ("mon-tue-wed", nil), ("", nil),
        ] as [(String, Set<Int>?)])
    func `days of the week`(_ text: String, _ days: Set<Int>?) {
        #expect(read(text, ConfigurationValues.days) == days)
    }

    @Test func `zones have names, and change their clocks`() throws {
        let berlin = try ConfigurationValues.zone("Europe/Berlin")
        #expect(berlin.secondsFromGMT(for: try Date("2026-01-01T00:00:00Z", strategy: .iso8601)) == 3600)
        #expect(berlin.secondsFromGMT(for: try Date("2026-07-01T00:00:00Z", strategy: .iso8601)) == 7200)
        #expect(try ConfigurationValues.zone("UTC").secondsFromGMT() == 0)
        #expect(read("Europe/Berln", ConfigurationValues.zone) == nil)
        #expect(read("", ConfigurationValues.zone) == nil)
    }

    @Test(
        arguments: [
            ("0640", 0o640), ("600", 0o600), ("0644", 0o644), ("0666", nil), ("0040", nil), ("1640", nil), ("64", nil),
            ("rw-", nil), ("0o640", nil),
        ] as [(String, UInt16?)])
    func `permissions`(_ text: String, _ mode: UInt16?) {
        #expect(read(text, ConfigurationValues.mode) == mode)
    }

    @Test(arguments: [
        ("/etc/tls/{name}", "/etc/tls/{name}"), ("/etc//tls/./a/", "/etc/tls/a"), ("tls", nil), ("/", nil),
        ("/etc/../tls", nil), ("~/tls", nil),
    ])
    func `paths are absolute, and written in one way`(_ text: String, _ path: String?) {
        #expect(read(text, ConfigurationValues.path) == path)
    }

    @Test(arguments: [
        ("www.example.org:443", "www.example.org", 443), ("[2001:db8::1]:8443", "2001:db8::1", 8443),
        ("127.0.0.1:1", "127.0.0.1", 1),
    ])
    func `endpoints`(_ text: String, _ host: String, _ port: Int) {
        let endpoint = read(text, ConfigurationValues.endpoint)
        #expect(endpoint == DeploymentTarget.Endpoint(host: host, port: port))
    }

    @Test(arguments: ["www.example.org", ":443", "a:0", "a:65536", "2001:db8::1:443", "https://a:443", "a b:443"])
    func `what is no endpoint`(_ text: String) {
        #expect(read(text, ConfigurationValues.endpoint) == nil)
    }

    @Test func `a secret that was written into the file is not repeated`() {
        #expect(read("env:HOOK", ConfigurationValues.secret) == .environment("HOOK"))
        #expect(read("file:/run/hook", ConfigurationValues.secret) == .file("/run/hook"))
        #expect(read("file:hook", ConfigurationValues.secret) == nil)
        do throws(Misfit) {
            _ = try ConfigurationValues.secret("hunter2")
            Issue.record("it was taken")
        } catch {
            #expect(!error.expected.contains("hunter2"))
        }
    }

    @Test(arguments: ["ftp://example.org", "example.org/hook", "https://", "https://exa mple.org", "mailto:a@b.c"])
    func `what is no address`(_ text: String) {
        #expect(read(text, ConfigurationValues.address) == nil)
    }
}
