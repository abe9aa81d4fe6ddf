// SPDX-License-Identifier: Apache-2.0

extension JSONDocument {
    /// As text (RFC 8259), members in the order of their keys.
    ///
    /// Written here and not by `JSONEncoder`, which takes a tenth of a whole command's time for a list of a hundred.
    func encoded(isIndented: Bool) -> String {
        var text = ""
        write(to: &text, indent: isIndented ? "\n" : nil)
        return text
    }

    /// - Parameter indent: what begins a line at this depth; `nil` for all in one line.
    private func write(to text: inout String, indent: String?) {
        switch self {
        case .null: text += "null"
        case .text(let value): Self.quote(value, to: &text)
        case .number(let number): text += "\(number)"
        // JSON has no word for what is no number.
        case .decimal(let number): text += number.isFinite ? "\(number)" : "null"
        case .truth(let truth): text += truth ? "true" : "false"
        case .list(let items):
            Self.write(items, between: ("[", "]"), to: &text, indent: indent) { item, text, deeper in
                item.write(to: &text, indent: deeper)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            Self.write(sorted, between: ("{", "}"), to: &text, indent: indent) { member, text, deeper in
                Self.quote(member.key, to: &text)
                text += indent == nil ? ":" : ": "
                member.value.write(to: &text, indent: deeper)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], between marks: (String, String), to text: inout String, indent: String?,
        _ write: (Item, inout String, String?) -> Void
    ) {
        text += marks.0
        let deeper = indent.map { $0 + "  " }
        var isFirst = true
        for item in items {
            if !isFirst { text += "," }
            isFirst = false
            text += deeper ?? ""
            write(item, &text, deeper)
        }
        if !items.isEmpty { text += indent ?? "" }
        text += marks.1
    }

    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5c && $0 != 0x7f }) {
            text += value
        } else {
            for scalar in value.unicodeScalars { text += escaped(scalar) }
        }
        text += "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case _ where scalar.value < 0x20 || scalar.value == 0x7f:
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }
}
