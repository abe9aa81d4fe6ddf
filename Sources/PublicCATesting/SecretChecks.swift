// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension ProviderCheck {
    static let secretChecks = [
        ProviderCheck("no failure repeats a secret", isReadOnly: true) { bench in
            for provider in try await bench.accountsWithCanary() {
                for error in await bench.failures(of: provider) {
                    try bench.expect(!bench.repeatsCanary(error.whole), "it stands in a failure")
                }
            }
        },
        ProviderCheck("nothing that an account is told repeats a secret", isReadOnly: true) { bench in
            for provider in try await bench.accountsWithCanary() {
                for text in await bench.texts(from: provider) {
                    try bench.expect(!bench.repeatsCanary(text), "it stands in a report, or in a row's reason")
                }
            }
        },
        ProviderCheck("an opened account shows no secret when it is printed", isReadOnly: true) { bench in
            for provider in try await bench.accountsWithCanary() {
                var dumped = ""
                dump(provider, to: &dumped)
                for text in ["\(provider)", String(reflecting: provider), dumped] {
                    try bench.expect(!bench.repeatsCanary(text), "it is printed with the provider")
                }
            }
        },
        ProviderCheck("a refused order repeats neither its signing request nor a secret") { bench in
            var request = try await bench.request()
            request.profile = ProfileID("999999999999")
            var providers = [bench.provider]
            if let other = try await bench.fixture.provoke(.wrongCredentials) { providers.append(other) }
            for provider in providers {
                let error = try await bench.failure("placing") { [request] () throws(ProviderError) in
                    try await provider.place(request)
                }
                try bench.expect(!bench.repeatsCanary(error.whole), "the secret stands in a failure")
                try bench.expect(!error.repeats(request.signingRequest), "the signing request stands in a failure")
            }
        },
    ]
}

extension CheckBench {
    /// The account, and the same with a wrong secret, where that can be had: CAs like to repeat what was wrong.
    fileprivate func accountsWithCanary() async throws -> [any PublicCAProvider] {
        guard fixture.canary != nil else { throw Inapplicable("no secret is given to look for") }
        guard let other = try await fixture.provoke(.wrongCredentials) else { return [provider] }
        return [provider, other]
    }

    /// Whether the canary stands in it, escaped or not.
    fileprivate func repeatsCanary(_ text: String) -> Bool {
        guard let canary = fixture.canary else { return false }
        return SecretForms([Secret(canary)]).clean(text) != text
    }

    /// Failures of reads that ask for what is not there.
    fileprivate func failures(of provider: any PublicCAProvider) async -> [ProviderError] {
        var failures: [ProviderError] = []
        do throws(ProviderError) { _ = try await provider.check() } catch { failures.append(error) }
        do throws(ProviderError) { _ = try await provider.profiles() } catch { failures.append(error) }
        do throws(ProviderError) { _ = try await provider.order(fixture.unknownOrder) } catch { failures.append(error) }
        do throws(ProviderError) { _ = try await provider.certificate(fixture.unknownCertificate) } catch {
            failures.append(error)
        }
        return failures
    }

    /// Everything that is kept or shown of an account and its lists, but for failures.
    fileprivate func texts(from provider: any PublicCAProvider) async -> [String] {
        var texts: [String] = []
        do throws(ProviderError) {
            let report = try await provider.check()
            texts += report.roles + report.warnings + report.restrictions.map(\.reason)
            var rows: [UnreadableRow] = []
            if let orders = provider.orders { rows += try await orders.listOrders(in: [], after: nil).unreadable }
            if let list = provider.organizations { rows += try await list.listOrganizations(after: nil).unreadable }
            if let list = provider.domains { rows += try await list.listDomains(after: nil).unreadable }
            texts += rows.flatMap { [$0.reference, $0.reason] }
        } catch {
            texts.append(error.whole)
        }
        return texts
    }
}

extension ProviderError {
    /// All that anybody may print of it.
    fileprivate var whole: String { "\(self) \(summary) \(wording ?? "") \(String(reflecting: self))" }

    /// Whether a line of the request stands in it, as Base64 or in hex.
    fileprivate func repeats(_ request: CertificateSigningRequest) -> Bool {
        let base64 = request.der.base64EncodedString()
        let hex = request.der.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let text = whole
        return text.contains(base64.dropFirst(64).prefix(60)) || text.contains(base64.prefix(60))
            || text.lowercased().contains(hex.prefix(60))
    }
}
