// SPDX-License-Identifier: Apache-2.0

import Testing

struct ListTests {
    @Test func `pages have at most two hundred entries, and more is an error`() async throws {
        try await withSimulator(#"{"seed": 450}"#) { caller in
            var ids: [Int] = []
            for position in [0, 200, 400] {
                let reply = try await caller.get("/api/ssl/v1?size=200&position=\(position)")
                #expect(reply.total == 450)
                ids += try #require(reply.json.list).compactMap { $0["sslId"]?.whole }
            }
            #expect(ids.count == 450)
            #expect(Set(ids).count == 450)
            #expect(try await caller.get("/api/ssl/v1?size=201").status == 400)
            #expect(try await caller.get("/api/ssl/v1?position=-1").status == 400)
            #expect(try await caller.get("/api/ssl/v2/?size=7").json.list?.count == 7)
            #expect(try await caller.get("/api/ssl/v1?size=5&position=450").json == [])
        }
    }

    @Test func `counting answers in a header alone`() async throws {
        try await withSimulator(#"{"seed": 50}"#) { caller in
            let reply = try await caller.ask("HEAD", "/api/ssl/v1?status=Issued")
            #expect(reply.body.isEmpty)
            #expect(reply.total == (try await caller.get("/api/ssl/v1?status=issued").total))
        }
    }

    @Test func `an entry tells neither status nor expiry, and leaves out what is not there`() async throws {
        try await withSimulator { caller in
            let pending = try await caller.enrol(profile: 506)
            let issued = try await caller.enrol(names: "b.example.com")
            let entries = try #require(try await caller.get("/api/ssl/v1").json.list)
            #expect(entries.map { $0["sslId"]?.whole } == [issued, pending])
            #expect(entries[0].keys == ["sslId", "commonName", "subjectAlternativeNames", "serialNumber"])
            #expect(entries[1].keys == ["sslId", "commonName"])
        }
    }

    @Test(arguments: [
        "Issued", "Expired", "Revoked", "Replaced", "Declined", "Rejected", "Requested",
    ])
    func `the seed has some of every status, and the filter finds them`(status: String) async throws {
        try await withSimulator(#"{"seed": 200}"#) { caller in
            let found = try #require(try await caller.get("/api/ssl/v1?status=\(status)").json.list)
            #expect(!found.isEmpty)
            for entry in found.prefix(5) {
                #expect(try await caller.status(try #require(entry["sslId"]?.whole)) == status)
            }
        }
    }

    @Test(arguments: [
        ("status=Nonsense", 400), ("requestedVia=Nonsense", 400), ("requestedVia=CLIENT_ADMIN", 200),
        ("requestedVia=client%20admin", 200), ("status=SAApproved", 200), ("status=SA%20Approved", 200),
        ("size=x", 400), ("orgId=", 200), ("unknown=1", 200),
    ])
    func `filters take both spellings and no nonsense`(query: String, status: Int) async throws {
        try await withSimulator(#"{"seed": 50}"#) { caller in
            let reply = try await caller.get("/api/ssl/v1?\(query)")
            #expect(reply.status == status)
        }
    }

    @Test(arguments: [
        "NONE", "NOT_STARTED", "KEY_PROCESSING", "KEY_READY", "CERT_PROCESSING", "SCHEDULED", "INSTALLING",
        "ACTION_REQUIRED", "READY_FOR_INSTALL", "NEED_SERVER_RESTART", "COMPLETED", "INVALID",
    ])
    func `every word of an installation is known, and nothing here is installed`(word: String) async throws {
        try await withSimulator(#"{"seed": 5}"#) { caller in
            let total = try await caller.get("/api/ssl/v1?installStatus=\(word)").total
            #expect(total == (word == "NONE" ? 5 : 0))
        }
    }

    @Test func `a certificate is found by name, organization, profile and serial number`() async throws {
        try await withSimulator(#"{"seed": 60}"#) { caller in
            let id = try await caller.enrol(names: "needle.example.com")
            let details = try await caller.get("/api/ssl/v1/\(id)").json
            let serial = try #require(details["serialNumber"]?.string)
            for query in [
                "commonName=a.example.com", "subjectAlternativeName=needle", "serialNumber=\(serial)",
                "serialNumber=\(serial.filter { $0 != ":" }.lowercased())", "requester=master",
            ] {
                let found = try await caller.get("/api/ssl/v1?\(query)").json.list?.compactMap { $0["sslId"]?.whole }
                #expect(found == [id], "\(query)")
            }
            let all = try #require(try await caller.get("/api/ssl/v1?orgId=100&sslTypeId=501").json.list)
            #expect(all.contains { $0["sslId"]?.whole == id })
            #expect(all.count < 61)
        }
    }

    @Test(arguments: ["md5Hash", "sha1Hash", "sha256Hash"])
    func `a certificate that was shown is found by its hashes`(name: String) async throws {
        try await withSimulator(#"{"seed": 60}"#) { caller in
            let id = try await caller.enrol()
            let shown = try await caller.get("/api/ssl/v1/\(id)").json["certificateDetails"]
            let hash = try #require(shown?[name]?.string)
            for text in [hash, hash.lowercased()] {
                let found = try await caller.get("/api/ssl/v1?\(name)=\(text)").json
                #expect(found.list?.compactMap { $0["sslId"]?.whole } == [id])
            }
            #expect(try await caller.get("/api/ssl/v1?\(name)=\(String(hash.reversed()))").total == 0)
        }
    }

    @Test(arguments: [
        ("signatureAlgorithm=SHA256WITHECDSA", 1), ("signatureAlgorithm=SHA256WITHRSA", 0),
        ("keyUsage=Digital%20Signature", 1), ("keyUsage=Key%20Encipherment", 0),
        ("extendedKeyUsage=TLS%20Web%20Client%20Authentication", 1), ("extendedKeyUsage=Code%20Signing", 0),
    ])
    func `what stands in a certificate is a filter, which leaves out what has none`(
        query: String, count: Int
    ) async throws {
        try await withSimulator { caller in
            _ = try await caller.enrol(profile: 506)
            _ = try await caller.enrol()
            #expect(try await caller.get("/api/ssl/v1?\(query)").total == count)
        }
    }

    @Test func `a registrar sees what belongs to its organization`() async throws {
        try await withSimulator(#"{"seed": 60}"#) { caller in
            var registrar = caller
            registrar.headers = Caller.headers(login: "registrar")
            let all = try #require(try await caller.get("/api/ssl/v1").total)
            let own = try #require(try await registrar.get("/api/ssl/v1").total)
            #expect(own > 0)
            #expect(own < all)
            let foreign = try #require(try await caller.get("/api/ssl/v1?orgId=200&size=1").json[0]?["sslId"]?.whole)
            #expect(try await registrar.get("/api/ssl/v1/\(foreign)").code == -37)
            var mailer = caller
            mailer.headers = Caller.headers(login: "mailer")
            #expect(try await mailer.get("/api/ssl/v1").total == 0)
        }
    }

    @Test func `as many certificates are there as were asked for`() async throws {
        try await withSimulator(#"{"seed": 2000}"#) { caller in
            let reply = try await caller.get("/api/ssl/v1?size=1")
            #expect(reply.total == 2_000)
        }
    }
}
