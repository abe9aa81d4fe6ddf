// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A secret that exists nowhere else, and the forms in which it could turn up.
struct Canary: Sendable {
    /// Empty where the secret is no text.
    let text: String
    private let forms: [Form]

    private struct Form {
        let name: String
        let bytes: Data
    }

    /// A new one, named after where it comes from.
    init(_ source: String) { self.init(source, "canary-\(UUID().uuidString)") }

    init(_ source: String, _ text: String) {
        // UTF-16 is what Java makes of a password.
        let wide = [String.Encoding.utf16BigEndian, .utf16LittleEndian].compactMap { text.data(using: $0) }
        self.text = text
        forms = Self.forms(source, Data(text.utf8)) + wide.map { Form(name: "\(source) in UTF-16", bytes: $0) }
    }

    init(_ source: String, bytes: Data) {
        text = ""
        forms = Self.forms(source, bytes)
    }

    /// The forms that stand somewhere in these bytes.
    func found(in data: Data) -> [String] { forms.filter { data.range(of: $0.bytes) != nil }.map(\.name) }

    private static func forms(_ source: String, _ bytes: Data) -> [Form] {
        let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        func escaped(_ prefix: String) -> Data {
            Data(bytes.map { prefix + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined().utf8)
        }
        return [Form(name: "\(source) in clear", bytes: bytes)]
            + [hex, hex.uppercased()].map { Form(name: "\(source) in hex", bytes: Data($0.utf8)) }
            + ["%", "\\u00"].map { Form(name: "\(source) escaped by \($0)", bytes: escaped($0)) }
            + base64(bytes).map { Form(name: "\(source) in Base64", bytes: Data($0.utf8)) }
    }

    /// What is the same whatever stands around it: Base64 has a form for each remainder of its place by three.
    private static func base64(_ bytes: Data) -> [String] {
        (0..<3).map { offset in
            let text = (Data(repeating: 0, count: offset) + bytes).base64EncodedString()
            let first = (offset * 8 + 5) / 6
            return String(text.dropFirst(first).prefix((offset + bytes.count) * 8 / 6 - first))
        }
    }
}
