// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA

/// A journal with any words in it, bound as a repository binds it.
struct JournalTrial {
    private let lines: [JournalEntry]

    init(_ words: [Data]) {
        var lines: [JournalEntry] = []
        for word in words.prefix(16) {
            let text = String(decoding: word, as: UTF8.self)
            let half = text.index(text.startIndex, offsetBy: text.count / 2)
            let entry = JournalEntry(
                at: Date(timeIntervalSince1970: 1_800_000_000 + Double(text.count) / 1000),
                subject: Subject(kind: "order", id: String(text[half...])), name: text.isEmpty ? nil : text,
                event: String(text[..<half]), detail: text, actor: .run,
                answer: text.count.isMultiple(of: 3) ? text : nil)
            var line = entry.kept(as: lines.count + 1)
            line.hash = JournalChain.hash(line, after: lines.last?.hash ?? "", digest: Fingerprint.sha256)
            lines.append(line)
        }
        self.lines = lines
    }

    /// - Parameters:
    ///   - line: which one is changed.
    ///   - field: and what of it.
    func check(changing line: Int, _ field: UInt8) throws {
        if let fault = fault(in: lines) { throw Finding("a whole journal is broken: \(fault)") }
        guard !lines.isEmpty else { return }
        var changed = lines
        let place = line % lines.count
        switch field % 8 {
        case 0: changed[place].detail += "x"
        case 1: changed[place].name = changed[place].name == nil ? "" : nil
        case 2: changed[place].answer = changed[place].answer == nil ? "" : nil
        case 3: changed[place].at += 0.001
        case 4: (changed[place].event, changed[place].detail) = (lines[place].detail, lines[place].event)
        case 5: changed[place].subject = Subject(kind: changed[place].subject.id, id: changed[place].subject.kind)
        case 6: changed[place].actor = .cli
        default: changed.remove(at: place)
        }
        let isSame = changed == lines
        try expect(
            (fault(in: changed) == nil) == isSame, "a change of kind \(field % 8) to line \(place + 1) shows wrongly")
    }

    private func fault(in lines: [JournalEntry]) -> JournalFault? {
        do throws(JournalFault) {
            let last = self.lines.last.map { JournalCheckpoint($0) }
            let marks = [last].compactMap(\.self).map { JournalMark($0, from: "was written last") }
            var walk = try JournalWalk(after: nil, marks: marks, digest: Fingerprint.sha256)
            try walk.take(Page(items: lines, next: nil))
            try walk.end(at: last)
            return nil
        } catch {
            return error
        }
    }
}
