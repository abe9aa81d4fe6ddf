// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// What an account's settings say about its transport.
struct TransportSettings: Sendable {
    var extraRoot: String?
    var proxy: String?
    var proxyPassword: Secret?
    var clientCertificate: String?
    var clientKey: Secret?
    var requestsInFlight = 8
    var requestsPerSecond: Double?
    /// As long as an order may take, an answer is waited for.
    var idle = Duration.seconds(60)

    /// Throws when a setting is not of its kind.
    init(_ settings: ProviderSettings) throws(SettingError) {
        extraRoot = try settings.optional(GenericSettings.extraRoot)
        proxy = try settings.optional(GenericSettings.proxy)
        proxyPassword = try settings.optional(GenericSettings.proxyPassword)
        clientCertificate = try settings.optional(GenericSettings.clientCertificate)
        clientKey = try settings.optional(GenericSettings.clientKey)
        requestsInFlight = try settings(GenericSettings.requestsInFlight)
        requestsPerSecond = try settings.optional(GenericSettings.requestsPerSecond)
        idle = max(idle, try settings(GenericSettings.writeDeadline))
    }

    var limits: TransportLimits {
        var limits = TransportLimits()
        limits.idle = idle
        limits.total = idle * 2
        return limits
    }
}
