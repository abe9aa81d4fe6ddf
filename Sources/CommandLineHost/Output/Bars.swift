// SPDX-License-Identifier: Apache-2.0

import HostSupport

/// Numbers as bars.
struct Bars: Sendable {
    /// Nothing but ASCII, for files, pipes, and terminals that show nothing else.
    let isPlain: Bool

    /// As long as the number is, compared with the largest. What is there at all is to be seen.
    func text(_ number: Int, of most: Int, width: Int) -> String {
        guard number > 0, most > 0, width > 0 else { return "" }
        guard !isPlain else {
            return String(repeating: "#", count: max(1, Int((Double(number) / Double(most) * Double(width)).rounded())))
        }
        let eighths = max(1, Int((Double(number) / Double(most) * Double(width) * 8).rounded()))
        let rest = eighths % 8
        return String(repeating: "█", count: eighths / 8) + (rest == 0 ? "" : String(Self.parts[rest - 1]))
    }

    private static let parts = Array("▏▎▍▌▋▊▉")
}

extension Session {
    var bars: Bars {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let isUnicode = locale.uppercased().replacing("-", with: "").contains("UTF8")
        return Bars(isPlain: output.width == nil || environment["TERM"] == "dumb" || !isUnicode)
    }
}
