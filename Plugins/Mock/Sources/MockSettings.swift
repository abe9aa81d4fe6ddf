// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// What an account at the mock CA can be told.
enum MockSettings {
    static let latency = SettingKey<Duration>(
        "latency", help: "how long the CA takes at least to issue, by the engine's date", default: .zero)
    static let issueAfter = SettingKey<Int>(
        "issue-after", help: "polls answered with \"pending\" before a certificate is issued",
        parse: { Int($0).flatMap { $0 >= 0 ? $0 : nil } })
    static let mischief = SettingKey<MischiefPlan>(
        "mischief", help: "what the CA does wrong, as in lost-reply:1,one-id",
        parse: { MischiefPlan(written: $0) })
    static let approve = SettingKey<Set<String>>(
        "approve", help: "references of orders to approve, separated by commas",
        parse: { text in Set(text.split(separator: ",").map { String($0.trimmingBlanks) }) })
    static let password = SettingKey<Secret>(
        secret: "password", help: "when set, it must be \"mock\", so that a refused account can be tried")

    static let all = [
        latency.description, issueAfter.description, mischief.description, approve.description, password.description,
    ]
}

/// What the mock CA has been told, by settings or by a test.
struct MockScript: Sendable {
    var mischief = MischiefPlan()
    /// Differs for each mischief after it has been set anew: its occurrences are then counted from the start.
    var armed: [Mischief: String] = [:]
    var approved: Set<String> = []
    var refused: Set<String> = []
    var issueAfter: Int?
    var latency = Duration.zero
    var isPasswordRight = true
}

extension MockScript {
    init(_ settings: ProviderSettings) throws(SettingError) {
        latency = try settings(MockSettings.latency)
        issueAfter = try settings.optional(MockSettings.issueAfter)
        mischief = try settings.optional(MockSettings.mischief) ?? MischiefPlan()
        armed = mischief.limits.mapValues { $0.map { "\($0)" } ?? "" }
        approved = try settings.optional(MockSettings.approve) ?? []
        isPasswordRight = try settings.optional(MockSettings.password)?.reveal { $0 == "mock" } ?? true
    }
}
