// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA

extension Breakage {
    static let readBreakages = [
        Breakage("checking the account changes nothing") { broken in
            let calls = Recollection(0)
            broken.onCheck = { (_) throws(ProviderError) in
                AccountReport(roles: ["\(calls.change { count in count += 1; return count })"])
            }
        },
        Breakage("profiles have ids of their own") { broken in
            broken.onProfiles = { (base) throws(ProviderError) in
                let profiles = try await base.profiles()
                return profiles + profiles
            }
        },
        Breakage("profiles have terms, in whole days") { broken in
            broken.onProfiles = { (base) throws(ProviderError) in
                try await base.profiles().map { profile in
                    var profile = profile
                    profile.terms = []
                    return profile
                }
            }
        },
        Breakage("an order that nobody knows is notFound") { broken in
            broken.onOrder = { (base, order) throws(ProviderError) in
                do throws(ProviderError) { return try await base.order(order) } catch { throw .misjudged }
            }
        },
        Breakage("a certificate that nobody knows is notFound") { broken in
            broken.onCertificate = { (base, reference) throws(ProviderError) in
                do throws(ProviderError) { return try await base.certificate(reference) } catch {
                    return CertificateSnapshot(state: .unrecognized, wording: "unknown")
                }
            }
        },
        Breakage("organizations have ids of their own") { broken in
            broken.onOrganizations = { (base, cursor) throws(ProviderError) in
                var page = try await base.listOrganizations(after: cursor)
                page.items += page.items
                return page
            }
        },
        Breakage("a department's organization is listed too") { broken in
            broken.onOrganizations = { (base, cursor) throws(ProviderError) in
                var page = try await base.listOrganizations(after: cursor)
                page.items.removeAll { $0.parent == nil }
                return page
            }
        },
        Breakage("domains are in A-labels and lower case") { broken in
            broken.onDomains = { (base, cursor) throws(ProviderError) in
                var page = try await base.listDomains(after: cursor)
                page.items[0].name = "Bücher.example."
                return page
            }
        },
        Breakage("no page of domains has one twice") { broken in
            broken.onDomains = { (base, cursor) throws(ProviderError) in
                var page = try await base.listDomains(after: cursor)
                page.items += page.items
                return page
            }
        },
        Breakage("too many calls are transient") { broken in
            broken.onCheck = { (base) throws(ProviderError) in
                do throws(ProviderError) { return try await base.check() } catch { throw .misjudged }
            }
        },
        Breakage("wrong credentials refuse the account") { broken in
            broken.onCheck = { (base) throws(ProviderError) in
                do throws(ProviderError) { return try await base.check() } catch {
                    throw ProviderError(.transient(retryAfter: nil), "later")
                }
            }
        },
        Breakage("the total of a list is how many there are") { broken in
            broken.onDomains = { (base, cursor) throws(ProviderError) in
                var page = try await base.listDomains(after: cursor)
                page.total = page.items.count + 1
                return page
            }
        },
    ]
}
