// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import HostSupport
import LifecycleEngine
import LifecycleModel

/// What lies in a home: the configuration that people write, and what we keep.
extension FuzzTarget {
    /// `config.yaml`.
    static let configuration = FuzzTarget("configuration", longest: 4096) { bytes in
        let yaml = String(decoding: bytes, as: UTF8.self)
        let reading = Result { () throws(LifecycleError) in try HostConfiguration(yaml: yaml, named: "config.yaml") }
        guard case .failure(let error) = reading else { return }
        // As many problems as there are lines, each with what is allowed there.
        try Refusal.check(error.description, longest: 1000 * (bytes.count + 1))
    }

    /// The body of a record: a letter for its kind, and JSON.
    static let record = FuzzTarget("record", longest: 4096) { bytes in
        var input = Input(bytes)
        let letter = input.byte()
        try Records.check(letter, input.remainder())
    }

    /// Lines of a journal, and a change to one of them: what was written is whole, and what was changed is not.
    static let journal = FuzzTarget("journal", longest: 1024) { bytes in
        var input = Input(bytes)
        let (line, field) = (Int(input.byte()), input.byte())
        try JournalTrial(input.parts()).check(changing: line, field)
    }

    /// What `journal --against` is given.
    static let checkpoint = FuzzTarget("checkpoint", longest: 512) { bytes in
        guard let checkpoint = JournalCheckpoint(written: bytes) else { return }
        try expect(checkpoint.sequence > 0 && checkpoint.hash.utf8.count == 64, "no checkpoint was taken for one")
        let end = Result { () throws(JournalFault) in
            try JournalWalk(
                after: nil, marks: [JournalMark(checkpoint, from: "was exported")], digest: Fingerprint.sha256
            ).end(at: nil)
        }
        guard case .failure(let fault) = end else {
            throw Finding("an empty journal holds line \(checkpoint.sequence)")
        }
        try Refusal.check(fault.description)
    }
}
