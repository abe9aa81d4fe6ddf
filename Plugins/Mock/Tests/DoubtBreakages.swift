// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA

/// A doubt that is told as a certainty: the most expensive mistake of all.
private func misjudging<Value>(
    _ call: () async throws(ProviderError) -> Value
) async throws(ProviderError) -> Value {
    do throws(ProviderError) { return try await call() } catch {
        guard case .ambiguous = error.disposition else { throw error }
        throw ProviderError(.transient(retryAfter: nil), "try again")
    }
}

extension Breakage {
    private static func placing(_ promise: String) -> Breakage {
        Breakage(promise) { broken in
            broken.onPlace = { (base, request) throws(ProviderError) in
                try await misjudging { () throws(ProviderError) in try await base.place(request) }
            }
        }
    }

    static let doubtBreakages = [
        placing("after a lost answer the failure is ambiguous, and the order is found"),
        placing("a write whose task is cancelled is ambiguous, and the order is found"),
        placing("an order that is answered by a server's error is in doubt"),
        placing("an order that is answered by nonsense is in doubt"),
        Breakage("a renewal whose answer is lost is in doubt") { broken in
            broken.onRenew = { (base, known, request) throws(ProviderError) in
                try await misjudging { () throws(ProviderError) in try await base.renew(known, with: request) }
            }
        },
        Breakage("a reissue whose answer is lost is in doubt") { broken in
            broken.onReissue = { (base, known, request) throws(ProviderError) in
                try await misjudging { () throws(ProviderError) in try await base.reissue(known, with: request) }
            }
        },
        Breakage("a revocation whose answer is lost is in doubt, and shows") { broken in
            broken.onRevoke = { (base, request) throws(ProviderError) in
                try await misjudging { () throws(ProviderError) in try await base.revoke(request) }
            }
        },
        Breakage("a revocation whose answer is lost is in doubt, and shows") { broken in
            broken.onRevoke = { (_, _) throws(ProviderError) in
                throw ProviderError(.ambiguous(settle: .seconds(1)), "never sent")
            }
        },
        Breakage("a withdrawal whose answer is lost is in doubt, and shows") { broken in
            broken.onCancel = { (base, order) throws(ProviderError) in
                try await misjudging { () throws(ProviderError) in try await base.cancel(order, comments: "a test") }
            }
        },
        Breakage("a signing request whose answer is lost is in doubt, and arrived") { broken in
            broken.onFinalize = { (base, order, request) throws(ProviderError) in
                try await misjudging { () throws(ProviderError) in try await base.finalize(order, with: request) }
            }
        },
    ]
}
