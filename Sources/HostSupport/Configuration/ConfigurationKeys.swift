// SPDX-License-Identifier: Apache-2.0

/// Every key that `config.yaml` may hold, by the place where it stands. `docs/Configuration.md` explains them.
package enum ConfigurationKeys {
    /// The members of each place; the whole file is the place without a name.
    package static let members: [String: [String]] = [
        "": [
            "inventory", "schedules", "windows", "renewal", "retention", "run", "metrics", "heartbeat", "log",
            "notifications", "deployments",
        ],
        "inventory": ["limit"],
        "schedules": ["catalogs", "orders", "renewals", "revocations", "retention"],
        schedule: ["every", "at", "zone"],
        "windows": ["days", "from", "to", "zone"],
        "renewal": ["share", "spread"],
        "retention": ["journal"],
        "run": ["parallel", "lease"],
        "metrics": ["address", "port"],
        "heartbeat": ["url", "every"],
        "log": ["level", "format"],
        "notifications": [
            "name", "webhook", "secret", "command", "mail", "events", "severity", "digest",
        ],
        "notifications.mail": ["to", "from", "command"],
        "deployments": [
            "name", "certificates", "folder", "keystore", "format", "password", "owner", "group", "mode", "keep",
            "reload", "time-limit", "webhook", "verify",
        ],
        "deployments.verify": ["address", "name"],
    ]

    /// The place of any one schedule.
    static let schedule = "schedules.*"
}
