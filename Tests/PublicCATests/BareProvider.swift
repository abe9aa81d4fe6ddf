// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// The six calls and no more.
protocol BareCalls: PublicCAProvider {}

extension BareCalls {
    func check() async throws(ProviderError) -> AccountReport { throw ProviderError(.account, "no") }
    func profiles() async throws(ProviderError) -> [CertificateProfile] { [] }
    func place(_ request: OrderRequest) async throws(ProviderError) -> OrderReference {
        throw ProviderError(.rejected, "no")
    }
    func order(_ reference: OrderReference) async throws(ProviderError) -> OrderSnapshot {
        throw ProviderError(.notFound, "no")
    }
    func certificate(_ reference: CertificateReference) async throws(ProviderError) -> CertificateSnapshot {
        throw ProviderError(.notFound, "no")
    }
    func revoke(_ request: RevocationRequest) async throws(ProviderError) -> RevocationOutcome {
        throw ProviderError(.rejected, "no")
    }
}

struct BareProvider: BareCalls {}

struct CancellingProvider: BareCalls, OrderCancelling {
    func cancel(_ order: OrderReference, comments: String) async throws(ProviderError) -> CancellationOutcome {
        throw ProviderError(.rejected, "no")
    }
}

/// Could cancel, but this account lacks the right.
struct RestrictedProvider: BareCalls, OrderCancelling {
    var cancelling: (any OrderCancelling)? { nil }

    func cancel(_ order: OrderReference, comments: String) async throws(ProviderError) -> CancellationOutcome {
        throw ProviderError(.rejected, "no")
    }
}
