// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// What a file that people or tools wrote holds: PEM blocks, or one binary object.
enum FileContents {
    case text([PEMText.Block])
    case binary(Data)

    /// Text is UTF-8, or UTF-16 with its mark, as a redirection in PowerShell writes it. Of a binary object the line
    /// ends that follow it are taken off, as some editors and transfers add one.
    init(_ bytes: Data) throws(MaterialError) {
        if let object = Self.object(in: bytes) {
            self = .binary(object)
        } else if let text = Self.wideText(bytes) ?? Self.pemText(bytes) {
            self = .text(try PEMText.blocks(in: Data(text.utf8)))
        } else {
            self = .binary(bytes)
        }
    }

    /// The DER sequence that fills the bytes up to blanks. What else begins with its tag, the digit 0, is text.
    private static func object(in bytes: Data) -> Data? {
        let bytes = Data(bytes)
        guard bytes.count > 1, bytes[0] == 0x30 else { return nil }
        let form = Int(bytes[1])
        let octets = form < 0x80 ? 0 : form - 0x80
        guard octets <= 4, bytes.count >= 2 + octets, form != 0x80 else { return nil }
        let length = octets == 0 ? form : bytes[2..<2 + octets].reduce(0) { $0 << 8 | Int($1) }
        let end = 2 + octets + length
        guard end <= bytes.count, bytes[end...].allSatisfy({ [0x09, 0x0A, 0x0D, 0x20].contains($0) }) else {
            return nil
        }
        return bytes[..<end]
    }

    private static func wideText(_ bytes: Data) -> String? {
        guard bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) else { return nil }
        return String(bytes: bytes, encoding: .utf16)
    }

    private static func pemText(_ bytes: Data) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains(PEMText.begin) ? text : nil
    }
}
