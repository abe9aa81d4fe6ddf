// SPDX-License-Identifier: Apache-2.0

import PublicCA

extension ProviderCheck {
    static let accountChecks = [
        ProviderCheck("checking the account changes nothing", isReadOnly: true) { bench in
            try await bench.expectRight {
                let before = try await bench.versions()
                let first = try await bench.provider.check()
                let second = try await bench.provider.check()
                guard first.roles == second.roles else { return "roles \(first.roles), then \(second.roles)" }
                let after = try await bench.versions()
                let isSame = before.allSatisfy { order, version in after[order].map { $0 == version } ?? true }
                return isSame ? nil : "the listing differs afterwards"
            }
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
                try await bench.provider.order(bench.fixture.unknownOrder)
            }
            try bench.expect(error, is: .notFound)
        },
        ProviderCheck("a certificate that nobody knows is notFound", isReadOnly: true) { bench in
            let error = try await bench.failure("reading it") { () throws(ProviderError) in
                try await bench.provider.certificate(bench.fixture.unknownCertificate)
            }
            try bench.expect(error, is: .notFound)
        },
    ]

    static let catalogChecks = [
        ProviderCheck("organizations have ids of their own", needs: [.organizations], isReadOnly: true) { bench in
            for page in try await bench.organizations() {
                let ids = page.items.map(\.id.rawValue)
                try bench.expect(Set(ids).count == ids.count && !ids.contains(""), "ids \(ids)")
            }
        },
        ProviderCheck("a department's organization is listed too", needs: [.organizations], isReadOnly: true) { bench in
            let pages = try await bench.organizations()
            let all = pages.flatMap(\.items)
            // One that could not be read is listed all the same.
            let ids = Set(all.map(\.id.rawValue) + pages.flatMap(\.unreadable).map(\.reference))
            for child in all {
                guard let parent = child.parent else { continue }
                try bench.expect(
                    (ids.contains(parent.rawValue) || ids.contains("")) && parent != child.id,
                    "\(child.name) is a department of \(parent)")
            }
        },
        ProviderCheck("domains are in A-labels and lower case", needs: [.domains], isReadOnly: true) { bench in
            for domain in try await bench.domains().flatMap(\.items) {
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
        ProviderCheck("no page of domains has one twice", needs: [.domains], isReadOnly: true) { bench in
            for page in try await bench.domains() {
                let ids = page.items.map(\.id.rawValue)
                try bench.expect(Set(ids).count == ids.count && !ids.contains(""), "ids \(ids)")
            }
        },
        ProviderCheck("the total of a list is how many there are", isReadOnly: true) { bench in
            var totals = 0
            if bench.provider.organizations != nil {
                try await bench.expectRight {
                    try await bench.wrongTotal(of: bench.organizations(), &totals) { $0.id.rawValue }
                }
            }
            if bench.provider.domains != nil {
                try await bench.expectRight {
                    try await bench.wrongTotal(of: bench.domains(), &totals) { $0.id.rawValue }
                }
            }
            if let orders = bench.provider.orders {
                try await bench.expectRight {
                    try await bench.wrongTotal(of: bench.pages(orders), &totals) { $0.order.rawValue }
                }
            }
            if totals == 0 { throw Inapplicable("no list has a total") }
        },
    ]
}

extension CheckBench {
    /// What a listing begins with, where the CA has one.
    fileprivate func versions() async throws -> [OrderReference: String] {
        guard let orders = provider.orders else { return [:] }
        return try await versions(onFirstPageOf: orders)
    }

    /// What is wrong with the totals of a list. Rows may come twice, and count once; the total may change while others
    /// are at work, and the count is then somewhere between.
    fileprivate func wrongTotal<Element>(
        of pages: [Page<Element>], _ totals: inout Int, name: (Element) -> String
    ) -> String? {
        let named = Set(pages.flatMap(\.items).map(name)).count
        let count = named + pages.reduce(0) { $0 + $1.unreadable.count }
        let told = pages.compactMap(\.total)
        totals += told.count
        guard let least = told.min(), let most = told.max() else { return nil }
        return (least...most).contains(count) ? nil : "\(count) in all, and the total says \(least) to \(most)"
    }
}
