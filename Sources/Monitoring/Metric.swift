// SPDX-License-Identifier: Apache-2.0

/// A metric that this program exports: its name, what it says, and by what it is split.
package struct Metric: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case counter, gauge, histogram
    }

    package var name: String
    package var kind: Kind
    /// One sentence for people, with the unit where there is one.
    package var help: String
    package var labels: [String]
    /// Upper bounds of a histogram, in ascending order.
    package var buckets: [Double]

    package init(
        _ name: String, _ kind: Kind, _ help: String, by labels: [String] = [],
        buckets: [Double] = Metric.secondsOfWork
    ) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
        self.buckets = buckets
    }

    /// For whatever takes some seconds at most: exchanges above all.
    package static let secondsOfWork: [Double] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
    /// A pass takes as long as there is work.
    static let secondsOfPasses: [Double] = [0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600]
}

/// What is counted while it happens. It begins at zero with each process.
extension Metric {
    static let steps = Metric(
        "publicca_steps_total", .counter, "Steps by what they were about and how they ended.",
        by: ["kind", "step", "result"])
    static let accountPauses = Metric(
        "publicca_account_pauses_total", .counter, "How often an account was paused because the CA refused it.",
        by: ["account"])
    static let importPages = Metric(
        "publicca_import_pages_total", .counter, "Pages of imports that were taken.", by: ["account"])
    static let requests = Metric(
        "publicca_ca_requests_total", .counter, "HTTP exchanges with CAs by how they ended.",
        by: ["account", "provider", "method", "outcome", "status"])
    static let requestSeconds = Metric(
        "publicca_ca_request_duration_seconds", .histogram, "Seconds from the request to the whole answer.",
        by: ["provider"])
    static let passes = Metric(
        "publicca_passes_total", .counter, "Passes over what is due, by how they ended.", by: ["result"])
    static let passSeconds = Metric(
        "publicca_pass_duration_seconds", .histogram, "Seconds that a pass took.", buckets: secondsOfPasses)

    static let counted = [steps, accountPauses, importPages, requests, requestSeconds, passes, passSeconds]
}

/// What is read from the repository when it is asked for: the same from each process that shares it.
extension Metric {
    static let certificates = Metric(
        "publicca_certificates", .gauge, "Certificates by state.", by: ["state"])
    static let expiring = Metric(
        "publicca_certificates_expiring", .gauge,
        "Certificates without successor whose last day is at most so many days away, those that have ended among them.",
        by: ["days"])
    static let nextExpiry = Metric(
        "publicca_next_expiry_seconds", .gauge, "Seconds until the next certificate without successor ends.")
    static let orders = Metric("publicca_orders", .gauge, "Orders by phase.", by: ["phase"])
    static let workLag = Metric(
        "publicca_work_lag_seconds", .gauge,
        "Seconds since the oldest work that nobody is at was due, without that of paused accounts.")
    static let renewals = Metric(
        "publicca_renewals", .gauge, "Planned renewals that are due, late or stuck; counted up to 1000.", by: ["state"])
    static let troubledDeployments = Metric(
        "publicca_deployments_troubled", .gauge, "Deployments that a person has to look at; counted up to 1000.")
    static let live = Metric("publicca_inventory_live", .gauge, "Certificates that count towards the limit.")
    static let limit = Metric("publicca_inventory_limit", .gauge, "The most live certificates kept here, if limited.")
    static let alerts = Metric("publicca_alerts", .gauge, "What needs a person, by severity.", by: ["severity"])
    static let accountPaused = Metric(
        "publicca_account_paused", .gauge, "1 while nothing is asked of the account's CA, else 0.",
        by: ["account", "provider"])
    static let catalogAge = Metric(
        "publicca_catalog_age_seconds", .gauge, "Seconds since the catalog was last read in full.",
        by: ["account", "catalog"])

    static let read = [
        certificates, expiring, nextExpiry, orders, workLag, renewals, troubledDeployments, live, limit, alerts,
        accountPaused, catalogAge,
    ]
}

/// What a process says of itself.
extension Metric {
    static let repositoryUp = Metric(
        "publicca_repository_up", .gauge, "1 if the repository was read for this page, 0 if it did not answer in time.")
    static let lastPass = Metric(
        "publicca_last_pass_timestamp_seconds", .gauge, "When a pass last ended well, in seconds since 1970.")
    static let build = Metric("publicca_build_info", .gauge, "Always 1; the label tells the version.", by: ["version"])
    static let processStart = Metric(
        "process_start_time_seconds", .gauge, "When this process began, in seconds since 1970.")

    /// Everything that is exported.
    package static let all = counted + read + [repositoryUp, lastPass, build, processStart]
}
