// SPDX-License-Identifier: Apache-2.0

/// What others wrote, such as a CA, and what a line that people read may not hold.
extension Unicode.Scalar {
    /// Whether it ends a line, moves a terminal's cursor, or turns the direction in which its neighbours are shown.
    package var disturbsLine: Bool {
        // Nearly all there is.
        if value < 0x80 { return value < 0x20 || value == 0x7f }
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return true
        default: return properties.isBidiControl
        }
    }
}

extension String {
    /// With a mark for whatever disturbs a line, and cut where it is longer than so many characters.
    package func inLine(of most: Int) -> String {
        let visible = unicodeScalars.prefix(most).map { $0.disturbsLine ? "\u{FFFD}" : String($0) }
        return visible.joined() + (unicodeScalars.count > most ? "…" : "")
    }

    /// In quotation marks, short enough for one line: safe to repeat to people.
    package var quoted: String { "\"\(inLine(of: 80))\"" }
}
