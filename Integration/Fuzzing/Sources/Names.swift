// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA

/// What holds of names in normal form.
enum Names {
    /// Those that certificates bear: each is in normal form already, or none at all.
    static func check(_ names: [SubjectAlternativeName], _ reader: X509Reader) throws {
        for name in names {
            try Kept.check(name)
            guard let normal = try refusable({ () throws(MaterialError) in try reader.name(name.text) }) else {
                continue
            }
            try expect(normal.text == name.text, "\(name.text.debugDescription) is not in normal form")
        }
    }

    /// A name that was read: a fixed point, and the same however it is spelled.
    static func check(_ name: SubjectAlternativeName, _ reader: X509Reader) throws {
        try Kept.check(name)
        try expect(name.text.allSatisfy { $0.isASCII && !$0.isUppercase }, "\(name.text) is not in normal form")
        var spellings = [name.text, name.text.uppercased()]
        if case .dnsName = name { spellings.append(name.text + ".") }
        for spelling in spellings {
            try expect(try reader.name(spelling) == name, "\(spelling) is not \(name.text)")
        }
    }

    /// Every spelling of a domain in a catalog covers the same names.
    static func check(_ name: SubjectAlternativeName, under domain: SubjectAlternativeName) throws {
        guard case .dnsName(let domain) = domain else { return }
        let problems = [domain, "*." + domain].map { check(listing: $0).problems(with: [name], for: nil).isEmpty }
        let base = domain.hasPrefix("*.") ? String(domain.dropFirst(2)) : domain
        let host = name.text.hasPrefix("*.") ? String(name.text.dropFirst(2)) : name.text
        if case .ipAddress = name { return try expect(problems[0], "an address is looked for among domains") }
        let isWithin = host == base || host.hasSuffix("." + base)
        if !domain.hasPrefix("*.") {
            try expect(problems[0] == isWithin, "\(domain) and \(name.text) are judged wrongly")
        }
        try expect(!problems[1] || isWithin, "*.\(domain) covers \(name.text)")
    }

    private static func check(listing domain: String) -> DomainCheck {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        return DomainCheck(
            account: "main",
            domains: [
                RegisteredDomain(
                    id: DomainID("1"), name: domain, status: "Active", validationStatus: "Validated", isValidated: true)
            ], organizations: [], readAt: now, now: now)
    }
}
