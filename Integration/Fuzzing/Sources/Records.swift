// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Every kind of body that a repository keeps.
enum Records {
    /// - Parameter letter: the kind; what is none of the letters is an order.
    static func check(_ letter: UInt8, _ body: Data) throws {
        switch Character(Unicode.Scalar(letter)) {
        case "c": try check(IssuedCertificate.self, body)
        case "m": try check(ManagedCertificate.self, body)
        case "r": try check(RevocationRecord.self, body)
        case "a": try check(AccountRecord.self, body)
        case "e": try check(CatalogEntry.self, body)
        case "i": try check(ImportRun.self, body)
        case "k": try check(SealedKey.self, body)
        case "y": try check(MemoryRecord.self, body)
        case "t": try check(Tombstone.self, body)
        case "d": try check(RenewalDecision.self, body)
        case "p": try check(DeploymentRecord.self, body)
        case "n": try check(ChannelRecord.self, body)
        case "l": try check(AlertRecord.self, body)
        case "j": _ = try Kept.read(JournalEntry.self, body)
        case "b": _ = try Kept.read(JournalBounds.self, body)
        default: try check(Order.self, body)
        }
    }

    private static func check<Record: KeptRecord>(_ type: Record.Type, _ body: Data) throws {
        guard let record = try Kept.read(type, body) else { return }
        _ = record.title
        for (purpose, sealed) in record.sealedParts {
            try expect(!purpose.isEmpty, "something is sealed for nothing")
            _ = SealedForm.masterKey(of: sealed)
        }
        // Decisions are made of what was read, whatever it is.
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        if let order = record as? Order { _ = (order.request, order.searchedNames, order.isFailing) }
        if let certificate = record as? IssuedCertificate {
            _ = (certificate.status(at: now), certificate.searchedNames, Counts.day(of: certificate.facts.notAfter))
        }
    }
}
