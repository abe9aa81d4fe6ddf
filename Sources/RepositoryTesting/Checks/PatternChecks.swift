// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

extension RepositoryCheck {
    private static let names: [[String]] = [
        ["www.example.org", "example.org"],
        ["shop.example.org", "a.b.example.net"],
        ["*.example.net", "192.0.2.7"],
        ["Mixed.Example.COM", "x[1]?.example.com"],
        ["aa.org"],
    ]

    private static func patternRow(_ pattern: String, _ expected: [Int]) -> RepositoryCheck {
        RepositoryCheck("the pattern \(pattern) is compared with every name and without case") { checked in
            try await checked.commit { changes in
                changes.puts = names.enumerated().flatMap { number, names -> [StoredRecord] in
                    [
                        .order(Sample.order("ord_\(number)", names: names)),
                        .certificate(Sample.certificate("crt_\(number)", names: names)),
                    ]
                }
            }
            var orders = OrderQuery()
            orders.name = NamePattern(pattern)
            let foundOrders = try await checked.repository.orders(orders).items.map(\.id.rawValue)
            try expect("orders", foundOrders, expected.map { "ord_\($0)" })
            var certificates = CertificateQuery()
            certificates.name = NamePattern(pattern)
            let foundCertificates = try await checked.repository.certificates(certificates).items.map(\.id.rawValue)
            try expect("certificates", foundCertificates, expected.map { "crt_\($0)" })
        }
    }

    private static let exactly = RepositoryCheck("a wildcard's own name is no pattern") { checked in
        try await checked.commit { changes in
            changes.puts = [["www.example.org"], ["*.example.org"]].enumerated().flatMap { number, names in
                [
                    StoredRecord.order(Sample.order("ord_\(number)", names: names)),
                    .certificate(Sample.certificate("crt_\(number)", names: names)),
                ]
            }
        }
        var orders = OrderQuery()
        orders.name = NamePattern(exactly: "*.Example.org")
        try expect("orders", try await checked.repository.orders(orders).items.map(\.id.rawValue), ["ord_1"])
        var certificates = CertificateQuery()
        certificates.name = NamePattern(exactly: "*.example.org")
        let found = try await checked.repository.certificates(certificates).items.map(\.id.rawValue)
        try expect("certificates", found, ["crt_1"])
    }

    static let patterns: [RepositoryCheck] = [
        exactly,
        patternRow("www.example.org", [0]), patternRow("EXAMPLE.org", [0]), patternRow("example", []),
        patternRow("www.*", [0]), patternRow("a*", [1, 4]), patternRow("192.*", [2]),
        patternRow("*.example.org", [0, 1]), patternRow("*.org", [0, 1, 4]), patternRow("*.COM", [3]),
        patternRow("*example*", [0, 1, 2, 3]), patternRow("*b.ex*", [1]), patternRow("*nothing*", []),
        patternRow("s*.org", [1]), patternRow("a*net", [1]), patternRow("a*.*e.net", [1]), patternRow("aa*a.org", []),
        patternRow("*", [0, 1, 2, 3, 4]), patternRow("**", [0, 1, 2, 3, 4]),
        patternRow("x[1]*", [3]), patternRow("*?.example.com", [3]), patternRow("x?1*", []),
        RepositoryCheck("names that a record gave up are no longer found, and new ones are") { checked in
            try await checked.put(
                .order(Sample.order("ord_1", names: ["old.example.org", "same.example.org"])),
                .certificate(Sample.certificate("crt_1", names: ["old.example.org", "same.example.org"])))
            var order = try require("order", try await checked.repository.order(OrderID("ord_1")))
            order.details.commonName = "new.example.org"
            order.details.alternativeNames = [.dnsName("new.example.org"), .dnsName("same.example.org")]
            let found = try await checked.repository.certificate(CertificateID("crt_1"))
            var certificate = try require("certificate", found)
            certificate.facts.commonName = "new.example.org"
            certificate.facts.alternativeNames = [.dnsName("same.example.org")]
            try await checked.put(.order(order), .certificate(certificate))
            for (name, count) in [("old.example.org", 0), ("*.example.org", 1), ("new.*", 1), ("same.example.org", 1)] {
                var orders = OrderQuery()
                orders.name = NamePattern(name)
                try expect("orders named \(name)", try await checked.repository.orders(orders).items.count, count)
                var certificates = CertificateQuery()
                certificates.name = NamePattern(name)
                let page = try await checked.repository.certificates(certificates)
                try expect("certificates named \(name)", page.items.count, count)
            }
        },
    ]
}
