// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// Pages for people, which something in front of a CA shows: their text is nothing that the CA says.
extension HTTPReply {
    private static let read = 65_536

    /// Whether it begins like one.
    var isMarkup: Bool { body.first { $0 > 0x20 } == UInt8(ascii: "<") }

    /// Whether the body is HTML.
    var isPage: Bool {
        guard isMarkup else { return false }
        let beginning = String(decoding: body.prefix(1000), as: UTF8.self).lowercased()
        return beginning.contains("<html") || beginning.contains("<!doctype html")
    }

    /// What a page is called; `nil` where it has no name.
    var pageTitle: String? {
        let text = String(decoding: body.prefix(Self.read), as: UTF8.self)
        guard let start = text.firstRange(of: "<title>")?.upperBound ?? text.firstRange(of: "<TITLE>")?.upperBound,
            let end = text[start...].firstIndex(of: "<"), start < end
        else { return nil }
        return String(text[start..<end])
    }
}
