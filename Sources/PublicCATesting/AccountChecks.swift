// SPDX-License-Identifier: Apache-2.0

import PublicCA

extension ProviderCheck {
    static let accountChecks = [
        ProviderCheck("checking the account changes nothing", isReadOnly: true) { bench in
            let before = try await bench.provider.orders.mapRows(bench)
            let first = try await bench.provider.check()
            let second = try await bench.provider.check()
            try bench.expect(first.roles == second.roles, "roles \(first.roles), then \(second.roles)")
            let after = try await bench.provider.orders.mapRows(bench)
            try bench.expect(Set(before).isSubset(of: after), "the listing differs afterwards")
        },
        ProviderCheck("profiles have ids of their own", isReadOnly: true) { bench in
            let profiles = try await bench.provider.profiles()
            let ids = profiles.map(\.id.rawValue)
            try bench.expect(Set(ids).count == ids.count && !ids.contains(""), "ids \(ids)")
        },
        ProviderCheck("profiles have terms, in whole days", isReadOnly: true) { bench in
            for profile in try await bench.provider.profiles() {
                try bench.expect(
                    !profile.terms.isEmpty && profile.terms.allSatisfy { $0 > 0 },
                    "\(profile.name) has \(profile.terms)")
            }
        },
        ProviderCheck("an order that nobody knows is notFound", isReadOnly: true) { bench in
            let error = try await bench.failure("reading it") { () throws(ProviderError) in
                try await bench.provider.order(OrderReference("999999999999"))
            }
            try bench.expect(error, is: .notFound)
        },
        ProviderCheck("a certificate that nobody knows is notFound", isReadOnly: true) { bench in
            let error = try await bench.failure("reading it") { () throws(ProviderError) in
                try await bench.provider.certificate(CertificateReference("999999999999"))
            }
            try bench.expect(error, is: .notFound)
        },
    ]

    static let catalogChecks = [
        ProviderCheck("organizations have ids of their own", needs: [.organizations], isReadOnly: true) { bench in
            let ids = try await bench.capability(bench.provider.organizations).listOrganizations(after: nil).items.map(
                \.id)
            try bench.expect(Set(ids).count == ids.count, "ids \(ids.map(\.rawValue))")
        },
        ProviderCheck("a department's organization is listed too", needs: [.organizations], isReadOnly: true) { bench in
            let all = try await bench.capability(bench.provider.organizations).listOrganizations(after: nil).items
            let ids = Set(all.map(\.id))
            for child in all {
                guard let parent = child.parent else { continue }
                try bench.expect(
                    ids.contains(parent) && parent != child.id, "\(child.name) is a department of \(parent)")
            }
        },
        ProviderCheck("domains are in A-labels and lower case", needs: [.domains], isReadOnly: true) { bench in
            for domain in try await bench.domains() {
                let name = domain.name.hasPrefix("*.") ? domain.name.dropFirst(2) : domain.name[...]
                let isNormal =
                    !name.isEmpty && !name.hasSuffix(".")
                    && name.utf8.allSatisfy { octet in
                        octet == UInt8(ascii: "-") || octet == UInt8(ascii: ".") || octet == UInt8(ascii: "_")
                            || (0x30...0x39).contains(octet) || (0x61...0x7a).contains(octet)
                    }
                try bench.expect(isNormal, "domain \"\(domain.name)\"")
            }
        },
        ProviderCheck("each domain is listed once", needs: [.domains], isReadOnly: true) { bench in
            let ids = try await bench.domains().map(\.id)
            try bench.expect(Set(ids).count == ids.count, "ids \(ids.map(\.rawValue))")
        },
    ]
}

extension Optional where Wrapped == any OrderListing {
    fileprivate func mapRows(_ bench: CheckBench) async throws -> [OrderRow] {
        guard let self else { return [] }
        return try await bench.rows(self)
    }
}

extension CheckBench {
    fileprivate func domains() async throws -> [RegisteredDomain] {
        let listing = try capability(provider.domains)
        var domains: [RegisteredDomain] = []
        var cursor: PageCursor?
        for _ in 0..<10_000 {
            let page = try await listing.listDomains(after: cursor)
            domains += page.items
            guard let next = page.next else { return domains }
            try expect(next != cursor, "a page names itself as the next one")
            cursor = next
        }
        throw Observation("the list has no end")
    }
}
