// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MockProvider
import PublicCA

extension Breakage {
    private static func refusing(_ wording: @escaping @Sendable (OrderRequest) -> String) -> Breakage {
        Breakage("a refused order repeats neither its signing request nor a secret") { broken in
            broken.onPlace = { (base, request) throws(ProviderError) in
                do throws(ProviderError) { return try await base.place(request) } catch {
                    throw ProviderError(error.disposition, "refused", wording: wording(request))
                }
            }
        }
    }

    private static func failing(_ wording: String) -> Breakage {
        Breakage("no failure repeats a secret") { broken in
            broken.onProfiles = { (_) throws(ProviderError) in
                throw ProviderError(.account, "refused", wording: wording)
            }
        }
    }

    static let secretBreakages = [
        failing("password canary-7f3a is wrong"), failing("password=canary%2d7f3a"),
        failing(#"{"password":"canary\u002D7f3a"}"#),
        Breakage("nothing that an account is told repeats a secret") { broken in
            broken.onCheck = { (_) throws(ProviderError) in
                AccountReport(warnings: ["The password canary-7f3a ends soon."])
            }
        },
        Breakage("nothing that an account is told repeats a secret") { broken in
            broken.onCheck = { (_) throws(ProviderError) in
                AccountReport(restrictions: [Restriction(.order, "canary-7f3a may not")])
            }
        },
        Breakage("nothing that an account is told repeats a secret") { broken in
            broken.onDomains = { (base, cursor) throws(ProviderError) in
                var page = try await base.listDomains(after: cursor)
                page.unreadable = [UnreadableRow(reference: "1", reason: "not read with canary-7f3a")]
                return page
            }
        },
        Breakage("an opened account shows no secret when it is printed") { $0.leak = "Bearer canary-7f3a" },
        refusing { "no such order: \($0.signingRequest.der.base64EncodedString())" },
        refusing { $0.signingRequest.der.base64EncodedString(options: .lineLength64Characters) },
        refusing { _ in "password canary-7f3a does not help" },
    ]
}
