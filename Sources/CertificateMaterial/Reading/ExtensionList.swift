// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import SwiftASN1
import X509

/// Extensions (RFC 5280 §4.1) as software has written them.
///
/// X509's own parser refuses a written-out `FALSE`, which DER leaves out and which many a tool writes all the same.
enum ExtensionList {
    static func read(_ node: ASN1Node) throws -> Certificate.Extensions {
        guard case .constructed(let nodes) = node.content, node.identifier == .sequence else {
            throw MaterialError("the extensions are no list")
        }
        return try Certificate.Extensions(nodes.map(read(one:)))
    }

    private static func read(one node: ASN1Node) throws -> Certificate.Extension {
        try DER.sequence(node, identifier: .sequence) { fields in
            let identifier = try ASN1ObjectIdentifier(derEncoded: &fields)
            let isCritical = flag(&fields)
            let value = try ASN1OctetString(derEncoded: &fields)
            return Certificate.Extension(oid: identifier, critical: isCritical, value: value.bytes)
        }
    }

    /// Whether basic constraints (RFC 5280 §4.2.1.9) say that it is a CA.
    static func isAuthority(_ constraints: Certificate.Extension) throws -> Bool {
        try DER.sequence(DER.parse(constraints.value), identifier: .sequence) { fields in
            let isAuthority = flag(&fields)
            // The path length is for those who validate.
            while fields.next() != nil {}
            return isAuthority
        }
    }

    /// A BOOLEAN DEFAULT FALSE.
    private static func flag(_ fields: inout ASN1NodeCollection.Iterator) -> Bool {
        var ahead = fields
        guard let node = ahead.next(), node.identifier == .boolean, case .primitive(let bytes) = node.content else {
            return false
        }
        fields = ahead
        return bytes.contains { $0 != 0 }
    }
}
