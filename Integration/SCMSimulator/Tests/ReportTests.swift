// SPDX-License-Identifier: Apache-2.0

import Testing

struct ReportTests {
    private static let path = "/api/report/v1/ssl-certificates"

    @Test func `a report tells at once what list and details tell one by one`() async throws {
        try await withSimulator(#"{"seed": 50}"#) { caller in
            let reply = try await caller.post(Self.path, ["certificateStatus": 0])
            let reports = try #require(reply.json["reports"]?.list)
            #expect(reply.json["statusCode"] == 0 && reports.count == 50)
            for report in reports {
                let details = try await caller.get("/api/ssl/v1/\(try #require(report["id"]?.whole))").json
                #expect(report["commonName"] == details["commonName"] && report["status"] == details["status"])
                #expect(report["serialNumber"] == details["serialNumber"])
                #expect(report["sha1"] == details["certificateDetails"]?["sha1Hash"])
            }
        }
    }

    @Test(
        arguments: [
            (["commonName": "b.example"], ["b.example.com"]), (["organizationIds": [200]], []),
            (["organizationIds": [100], "certificateStatus": 2], ["a.example.com", "b.example.com"]),
            (["certificateStatus": 1], ["c.example.com"]), (["certificateStatus": 3], []),
            (["from": "2020-01-01", "certificateDateAttribute": 5], ["a.example.com", "b.example.com"]),
            (["to": "2020-01-01T00:00:00.000Z"], []), (["externalRequester": "ops@"], ["b.example.com"]),
        ] as [(Value, [String])])
    func `each criterion narrows it`(criteria: Value, names: [String]) async throws {
        try await withSimulator { caller in
            for (name, profile) in [("a", 501), ("b", 501), ("c", 503)] {
                let more: [String: Value] = [
                    "csr": .text(try Request.pem("\(name).example.com")),
                    "externalRequester": name == "b" ? "ops@example.com" : nil,
                ]
                _ = try await caller.enrol(profile: profile, more)
            }
            let reports = try await caller.post(Self.path, criteria).json["reports"]?.list
            #expect(reports?.compactMap { $0["commonName"]?.string } == names)
        }
    }

    @Test(
        arguments: [
            ([:], -951), (["certificateStatus": 9], -1601), (["from": "soon"], -1601),
            (["from": "2020-01-01", "certificateDateAttribute": 1], -1601), (["commonName": ["a"]], -1002),
        ] as [(Value, Int)])
    func `without a criterion, or with an odd one, there is none`(criteria: Value, code: Int) async throws {
        try await withSimulator { caller in
            let reply = try await caller.post(Self.path, criteria)
            #expect(reply.code == code)
        }
    }
}
