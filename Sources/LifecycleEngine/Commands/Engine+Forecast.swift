// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleModel
import PublicCA

/// The orders of the coming weeks, and what each account can do.
package struct ForecastReport: Sendable {
    package var forecast: Forecast
    /// By account; without those whose settings cannot be read.
    package var paces: [String: CallPace]
    /// Certificates that are on record and cannot be read.
    package var unreadable: [UnreadableRow]

    package init(forecast: Forecast, paces: [String: CallPace], unreadable: [UnreadableRow]) {
        self.forecast = forecast
        self.paces = paces
        self.unreadable = unreadable
    }
}

extension LifecycleEngine {
    /// Works out the coming orders from what is on record. Asks no CA and writes nothing.
    ///
    /// - Parameters:
    ///   - account: the only one that is looked at; `nil` for all.
    ///   - progress: told how many certificates were looked at.
    package func forecast(
        weeks: Int, account name: String? = nil, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws(LifecycleError) -> ForecastReport {
        if let name { _ = try await account(named: name) }
        return try await commanded {
            let now = time.now()
            let accounts = try await repository.accounts()
            let known = Dictionary(uniqueKeysWithValues: accounts.map { ($0.name, $0) })
            var report = ForecastReport(
                forecast: Forecast(from: now, weeks: weeks, policy: options.renewal, windows: options.windows),
                paces: known.compactMapValues(Self.pace(of:)), unreadable: [])
            var query = CertificateQuery()
            query.account = name
            query.statuses = [.valid]
            query.withoutSuccessor = true
            query.limit = 1000
            var seen = 0
            repeat {
                let page = try await repository.certificates(query)
                report.unreadable += page.unreadable
                for certificate in page.items where certificate.isLive(at: now) {
                    report.forecast.add(try await kept(certificate, known[certificate.account]))
                }
                seen += page.items.count
                progress(seen)
                query.after = page.next
            } while query.after != nil
            return report
        }
    }

    private func kept(
        _ certificate: IssuedCertificate, _ account: AccountRecord?
    ) async throws(RepositoryError) -> KeptCertificate {
        let managed = try await repository.managed(certificate.managed)
        var kept = KeptCertificate(certificate: certificate, managed: managed, account: account, hasKey: true)
        if kept.autoRenewal.onlyWithKey {
            kept.hasKey = try await repository.key(certificate.facts.publicKey) != nil
        }
        return kept
    }

    private static func pace(of account: AccountRecord) -> CallPace? {
        let settings = ProviderSettings(values: account.settings)
        do throws(SettingError) {
            return CallPace(
                requestsPerSecond: try settings.optional(GenericSettings.requestsPerSecond),
                requestsInFlight: try settings(GenericSettings.requestsInFlight))
        } catch {
            // Whoever opens the account is told; here its pace is not known.
            return nil
        }
    }
}
