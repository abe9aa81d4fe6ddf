// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// As much writing of DER (X.690) as a certificate needs that only has to be read by ``DERText``.
enum DERWriting {
    static func element(_ tag: UInt8, _ content: Data) -> Data {
        let count = content.count
        if count < 0x80 { return Data([tag, UInt8(count)]) + content }
        if count < 0x100 { return Data([tag, 0x81, UInt8(count)]) + content }
        return Data([tag, 0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)]) + content
    }

    static func sequence(_ members: Data...) -> Data { element(0x30, members.reduce(Data(), +)) }

    /// `identifier` is an object identifier's content.
    static func identifier(_ content: UInt8...) -> Data { element(0x06, Data(content)) }

    static func bits(_ content: Data) -> Data { element(0x03, Data([0]) + content) }

    /// A Name (RFC 5280 §4.1.2.4) of one common name.
    static func name(_ commonName: String) -> Data {
        let attribute = sequence(identifier(0x55, 0x04, 0x03), element(0x0c, Data(commonName.utf8)))
        return sequence(element(0x31, attribute))
    }

    /// A whole Extensions value (RFC 5280 §4.1.2.9) with nothing but the names.
    static func extensions(naming names: [SubjectAlternativeName]) -> Data {
        let general = names.map { name in
            switch name {
            case .dnsName(let text): element(0x82, Data(text.utf8))
            case .ipAddress(let text): element(0x87, Data(AddressText.octets(text) ?? []))
            }
        }
        let value = element(0x30, general.reduce(Data(), +))
        return sequence(sequence(identifier(0x55, 0x1d, 0x11), element(0x04, value)))
    }
}
