// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA

extension Breakage {
    /// Renewals, reissues and ends.
    static let laterBreakages = [
        Breakage("a renewal is a new order with a new certificate") { broken in
            broken.onRenew = { (_, known, _) throws(ProviderError) in known.order }
        },
        Breakage("a renewed order says that it was renewed") { broken in
            broken.onRenew = { (base, _, request) throws(ProviderError) in try await base.place(request) }
        },
        Breakage("a renewal is found by its key") { broken in
            broken.onLocate = { (base, attempt) throws(ProviderError) in
                attempt.kind == .renewal ? .absent : try await base.locate(attempt)
            }
        },
        Breakage("a renewal is found by its key") { broken in
            // Orders that it cannot tell apart, and ours is not among them.
            broken.onLocate = { (base, attempt) throws(ProviderError) in
                guard attempt.kind == .renewal, let known = attempt.predecessor else {
                    return try await base.locate(attempt)
                }
                return .undecided([known.order])
            }
        },
        Breakage("a reissue gives a new certificate for the new key") { broken in
            broken.onReissue = { (_, known, _) throws(ProviderError) in known.order }
        },
        Breakage("a reissue is found by its key") { broken in
            broken.onLocate = { (base, attempt) throws(ProviderError) in
                attempt.kind == .reissue ? .absent : try await base.locate(attempt)
            }
        },
        Breakage("what a reissue replaces fares as declared", in: [.revokedPredecessor]) { broken in
            broken.fate = .stays
        },
        Breakage("revoking what was reissued spares the successor", in: [.oneID]) { broken in
            // Revokes whatever the reference stands for.
            broken.onRevoke = { (base, request) throws(ProviderError) in
                var request = request
                if let serial = try await base.certificate(request.certificate).serialNumber {
                    request.serialNumber = serial
                }
                return try await base.revoke(request)
            }
        },
        Breakage("a revocation shows at the certificate") { broken in
            broken.onRevoke = { (_, _) throws(ProviderError) in .revoked }
        },
        Breakage("a second revocation finds it done") { broken in
            broken.onRevoke = { (base, request) throws(ProviderError) in
                _ = try await base.revoke(request)
                return .revoked
            }
        },
        Breakage("only the certificate with the serial number is revoked") { broken in
            broken.onRevoke = { (base, request) throws(ProviderError) in
                do throws(ProviderError) { return try await base.revoke(request) } catch { return .alreadyRevoked }
            }
        },
        Breakage("a pending order can be withdrawn") { broken in
            broken.onCancel = { (_, _) throws(ProviderError) in .cancelled }
        },
        Breakage("an issued order is too late to withdraw") { broken in
            broken.onCancel = { (base, order) throws(ProviderError) in
                _ = try await base.cancel(order, comments: "a test")
                return .cancelled
            }
        },
        Breakage("what the CA cannot take is rejected") { broken in
            broken.onPlace = { (base, request) throws(ProviderError) in
                do throws(ProviderError) { return try await base.place(request) } catch {
                    throw ProviderError(.transient(retryAfter: nil), "try again")
                }
            }
        },
    ]
}
