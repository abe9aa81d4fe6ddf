// SPDX-License-Identifier: Apache-2.0

import PublicCA

extension AsyncHTTPTransport {
    /// A transport of no account, for whom we tell something. It logs nothing: the path of an address may be a token.
    ///
    /// Throws when the environment names a proxy that is none.
    static func plain(
        environment: [String: String], total: Duration = .seconds(30)
    ) throws(SettingError) -> AsyncHTTPTransport {
        let settings = try TransportSettings(ProviderSettings(values: [:], secrets: [:]))
        var limits = TransportLimits()
        limits.idle = total
        limits.total = total
        // What is answered is of no interest.
        limits.bodySize = 1 << 20
        let clients = try ProxiedClients(settings, limits: limits, environment: environment)
        return AsyncHTTPTransport(clients: clients, pacer: Pacer(Pace(most: 4)), limits: limits)
    }
}
