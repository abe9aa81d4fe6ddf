// SPDX-License-Identifier: Apache-2.0

import SCMSimulator
import Testing

/// Organizations, domains, profiles, accounts.
struct CatalogTests {
    private func registrar(_ caller: Caller) -> Caller {
        var registrar = caller
        registrar.headers = Caller.headers(login: "registrar")
        return registrar
    }

    @Test func `organizations come with their departments, as far as the caller sees`() async throws {
        try await withSimulator { caller in
            let all = try #require(try await caller.get("/api/organization/v1").json.list)
            #expect(all.compactMap { $0["id"]?.whole } == [100, 200, 300])
            #expect(all[0]["departments"]?[0] == ["id": 101, "name": "Acme Research", "parentName": "Acme"])
            let own = try #require(try await registrar(caller).get("/api/organization/v1").json.list)
            #expect(own.compactMap { $0["id"]?.whole } == [100])
            #expect(try await registrar(caller).get("/api/organization/v1/200").code == -1023)
        }
    }

    @Test(arguments: [(100, true), (101, true), (102, false), (300, false)])
    func `each organization and department has its own switch`(id: Int, isOn: Bool) async throws {
        try await withSimulator { caller in
            let details = try await caller.get("/api/organization/v1/\(id)").json
            #expect(details["sslCertsApiEnabled"] == .bool(isOn))
            let types = try await caller.get("/api/ssl/v1/types?organizationId=\(id)")
            #expect(types.code == (isOn ? nil : -1021))
        }
    }

    @Test func `somebody manages what the credentials of a role name`() async throws {
        try await withSimulator { caller in
            for path in ["managedBy", "managed-by"] {
                let all = try await caller.get("/api/organization/v1/\(path)/MRAO").json.list
                #expect(all?.count == 5)
                let own = try await registrar(caller).get("/api/organization/v1/\(path)/RAO_SSL").json
                #expect(own == [["id": 100, "name": "Acme"]])
            }
        }
    }

    @Test func `profiles have terms and key sizes, the latter as strings`() async throws {
        try await withSimulator { caller in
            let types = try #require(try await caller.get("/api/ssl/v1/types?organizationId=100").json.list)
            #expect(!types.contains { $0["id"] == 508 })
            let quick = try #require(types.first { $0["id"] == 501 })
            #expect(quick["terms"] == [30, 90, 199])
            #expect(quick["keyTypes"]?["RSA"] == ["2048", "3072", "4096"])
            #expect(try await caller.get("/api/ssl/v1/types?orgId=200").json.list?.count == 8)
            try caller.simulator.control("POST", "quirks", #"{"fullProfiles": false}"#)
            #expect(try await caller.get("/api/ssl/v1/types").json[0]?.keys == ["id", "name", "terms"])
            try caller.simulator.control("POST", "quirks", #"{"noProfiles": true}"#)
            #expect(try await caller.get("/api/ssl/v1/types").json == [])
        }
    }

    @Test func `domains are listed by name and told in detail`() async throws {
        try await withSimulator { caller in
            let list = try await caller.get("/api/domain/v1?size=2&position=1&name=example")
            #expect(list.json == [["id": 2, "name": "*.example.com"], ["id": 3, "name": "example.org"]])
            #expect(list.total == 9)
            #expect(try await caller.get("/api/domain/v1/count?state=inactive").json == ["count": 1])
            #expect(try await caller.get("/api/domain/v1?status=requested").json[0]?["id"] == 7)
            let details = try await caller.get("/api/domain/v1/8").json
            #expect(details["delegationStatus"] == "ACTIVE")
            #expect(details["validationStatus"] == "VALIDATED")
            #expect(details["delegations"]?[0]?["domainCertificateRequestPrivileges"] == ["DOMAIN", "SUBDOMAIN"])
            #expect(try await caller.get("/api/domain/v1/99").code == -727)
            #expect(try await registrar(caller).get("/api/domain/v1").total == 8)
        }
    }

    @Test func `validations expire with the clock, and have two spellings`() async throws {
        try await withSimulator { caller in
            let path = "/api/dcv/v1/validation?domain=example.org"
            #expect(try await caller.get(path).json[0]?["dcvStatus"] == "VALIDATED")
            try caller.advance(4 * 86_400)
            #expect(try await caller.get(path).json[0]?["dcvStatus"] == "EXPIRED")
            #expect(try await caller.get("/api/dcv/v2/validation?dcvStatus=EXPIRED&size=1").total == 2)
            try caller.simulator.control("POST", "quirks", #"{"domainForm": "readable"}"#)
            #expect(try await caller.get("/api/domain/v1/5").json["validationStatus"] == "Not validated")
        }
    }

    @Test func `a validation is started, then submitted, by whoever may`() async throws {
        try await withSimulator { caller in
            let domain: Value = ["domain": "example.edu"]
            #expect(try await caller.post("/api/dcv/v1/validation/submit/domain/cname", domain).code == -724)
            let start = try await caller.post("/api/dcv/v1/validation/start/domain/cname", domain).json
            #expect(start["host"]?.string?.hasSuffix(".example.edu.") == true)
            #expect(start["point"]?.string?.hasSuffix(".sectigo.com.") == true)
            let submit = try await caller.post("/api/dcv/v1/validation/submit/domain/cname", domain).json
            #expect(submit["orderStatus"] == "SUBMITTED")
            let status = try await caller.post("/api/dcv/v2/validation/status", domain).json
            #expect(status["status"] == "NOT_VALIDATED")
            #expect(status["orderStatus"] == "SUBMITTED")
            #expect(try await registrar(caller).post("/api/dcv/v1/validation/status", domain).code == -3)
        }
    }

    @Test func `the own account tells its roles and its password`() async throws {
        try await withSimulator { caller in
            let found = try await caller.get("/api/admin/v1?login=master")
            #expect(found.total == 1)
            let details = try await caller.get("/api/admin/v1/\(try #require(found.json[0]?["id"]?.whole))").json
            #expect(details["credentials"] == [["role": "MRAO"]])
            #expect(details["passwordState"] == "ALIVE")
            let other = try await registrar(caller).get("/api/admin/v1/2").json
            #expect(other["credentials"] == [["role": "RAO_SSL", "orgId": 100]])
            #expect(try await registrar(caller).get("/api/admin/v1/1").code == -37)
            #expect(try await caller.get("/api/ca-backend/v1").status == 200)
            #expect(try await registrar(caller).get("/api/ca-backend/v1").code == -3)
        }
    }

    @Test func `custom fields have two forms`() async throws {
        try await withSimulator { caller in
            let plain = try await caller.get("/api/ssl/v1/customFields").json
            #expect(plain[1] == ["id": 2, "name": "Ticket", "mandatory": false])
            let full = try await caller.get("/api/customField/v2?certType=SSL").json
            #expect(full[1]?["mandatories"] == ["ADMIN_UI"])
            #expect(try await caller.get("/api/nothing/v1").status == 404)
        }
    }
}
