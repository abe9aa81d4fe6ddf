// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCA
import Testing

@testable import LifecycleModel

/// Bodies that were written before a member was added.
struct OlderRecordTests {
    /// The record from its own body without some members.
    private func reread<Record: Codable>(_ record: Record, without names: [String]) throws -> Record {
        let body = try StoredBody.encode(record)
        var members = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
        for name in names { #expect(members.removeValue(forKey: name) != nil, "\(name)") }
        return try StoredBody.decode(Record.self, from: JSONSerialization.data(withJSONObject: members))
    }

    @Test func `an order of an older version is read`() throws {
        let order = try reread(
            OrderSamples.order(.placed, reference: OrderSamples.found),
            without: [
                "failures", "waits", "wasSent", "isInherited", "finalizations", "phaseSince", "isCertificateUnread",
            ])
        #expect(order.phase == .placed && order.failures.count == 0 && !order.isInherited)
    }

    @Test func `a revocation, an import and a failed reading of an older version are read`() throws {
        let revocation = RevocationRecord(
            id: RevocationID("rev_1"), account: "main", certificate: CertificateID("crt_1"),
            request: RevocationRequest(
                certificate: OrderSamples.issued, serialNumber: SerialNumber("0a"), reason: .superseded,
                comments: "moved"),
            createdAt: OrderSamples.start)
        #expect(try !reread(revocation, without: ["failures", "waits", "isFollowed"]).isFollowed)
        let run = ImportRun(
            id: ImportID("imp_1"), account: "main", options: ImportOptions(), createdAt: OrderSamples.start)
        #expect(try reread(run, without: ["failures", "met", "pages"]).met == 0)
        let failure = SyncFailure(problem: "down", failures: OrderSamples.endless, isFinal: false)
        #expect(try reread(failure, without: ["failures"]).failures.count == 0)
    }

    @Test func `an added member is written like any other`() throws {
        let body = String(decoding: try StoredBody.encode(OrderSamples.order()), as: UTF8.self)
        #expect(body.contains(#""wasSent":false"#) && body.contains(#""finalizations":0"#))
    }
}
