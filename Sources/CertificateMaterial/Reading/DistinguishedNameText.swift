// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import SwiftASN1
import X509

/// Distinguished names as text (RFC 4514): the last attribute first, as OpenSSL's `-nameopt RFC2253` prints them.
enum DistinguishedNameText {
    static func text(_ name: DistinguishedName) -> String {
        name.reversed().map { attributes in
            attributes.map { "\(key($0.type))=\(written($0))" }.joined(separator: "+")
        }.joined(separator: ",")
    }

    /// The last common name, which is the most specific one.
    static func commonName(_ name: DistinguishedName) -> String? {
        name.flatMap { Array($0) }.last { $0.type == .NameAttributes.commonName }.flatMap(text(of:))
    }

    /// RFC 4514 §3, and names that people know for the rest.
    private static let keys: [ASN1ObjectIdentifier: String] = [
        .NameAttributes.commonName: "CN", .NameAttributes.localityName: "L",
        .NameAttributes.stateOrProvinceName: "ST", .NameAttributes.organizationName: "O",
        .NameAttributes.organizationalUnitName: "OU", .NameAttributes.countryName: "C",
        .NameAttributes.domainComponent: "DC", .NameAttributes.serialNumber: "serialNumber",
        .NameAttributes.emailAddress: "emailAddress", [2, 5, 4, 9]: "street", [2, 5, 4, 97]: "organizationIdentifier",
        [2, 5, 4, 15]: "businessCategory", [2, 5, 4, 17]: "postalCode", [0, 9, 2342, 19_200_300, 100, 1, 1]: "UID",
        [1, 3, 6, 1, 4, 1, 311, 60, 2, 1, 3]: "jurisdictionC",
    ]

    private static func key(_ type: ASN1ObjectIdentifier) -> String { keys[type] ?? "\(type)" }

    /// The value as it stands after the equals sign: hex of its DER where it is no text (RFC 4514 §2.4).
    private static func written(_ attribute: RelativeDistinguishedName.Attribute) -> String {
        if let text = text(of: attribute) { return escape(text) }
        return "#" + Fingerprint.hex(encoded(attribute))
    }

    private static func encoded(_ attribute: RelativeDistinguishedName.Attribute) -> [UInt8] {
        var serializer = DER.Serializer()
        // What was parsed serializes again; were it not so, the value would show as empty and harm nothing.
        do { try serializer.serialize(ASN1Any(attribute.value)) } catch { return [] }
        return serializer.serializedBytes
    }

    private static func text(of attribute: RelativeDistinguishedName.Attribute) -> String? {
        if let text = String(attribute.value) { return text }
        let node: ASN1Node
        do { node = try DER.parse(encoded(attribute)) } catch { return nil }
        guard case .primitive(let bytes) = node.content else { return nil }
        return text(bytes, node.identifier)
    }

    private static func text(_ bytes: ArraySlice<UInt8>, _ type: ASN1Identifier) -> String? {
        switch type {
        case .bmpString: String(bytes: bytes, encoding: .utf16BigEndian)
        case .universalString: String(bytes: bytes, encoding: .utf32BigEndian)
        // T.61 in name, Latin-1 in the certificates that exist.
        case .teletexString: String(bytes: bytes, encoding: .isoLatin1)
        case .numericString, .visibleString, .generalString: String(bytes: bytes, encoding: .ascii)
        default: nil
        }
    }

    /// RFC 4514 §2.4.
    private static func escape(_ text: String) -> String {
        var result = ""
        for (index, character) in text.enumerated() {
            let isEdgeBlank = character == " " && (index == 0 || index == text.count - 1)
            let isLeadingHash = character == "#" && index == 0
            if isEdgeBlank || isLeadingHash || ",+\"\\<>;".contains(character) { result.append("\\") }
            result.append(character == "\0" ? "\\00" : String(character))
        }
        return result
    }
}

extension DistinguishedName {
    /// Reads the name that comes next among the fields of a certificate or request.
    init(next fields: inout ASN1NodeCollection.Iterator) throws {
        guard let node = fields.next() else { throw MaterialError("a distinguished name is missing") }
        try self.init(derEncoded: node)
    }
}
