// SPDX-License-Identifier: Apache-2.0

/// As much of DER as an envelope around certificates needs.
enum DERWriter {
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag] + length(content.count) + content }

    private static func length(_ count: Int) -> [UInt8] {
        guard count > 127 else { return [UInt8(count)] }
        var octets: [UInt8] = []
        var rest = count
        while rest > 0 {
            octets.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return [0x80 | UInt8(octets.count)] + octets
    }

    /// PKCS#7 with certificates and nothing signed (RFC 2315 §9.1, "degenerate").
    static func pkcs7(_ certificates: [[UInt8]]) -> [UInt8] {
        let signedData = element(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02])
        let data = element(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01])
        // DER wants the elements of a SET OF in order (X.690 §11.6).
        let certificates = certificates.sorted { $0.lexicographicallyPrecedes($1) }
        let content =
            element(0x02, [1]) + element(0x31, []) + element(0x30, data)
            + element(0xA0, certificates.flatMap { $0 }) + element(0x31, [])
        return element(0x30, signedData + element(0xA0, element(0x30, content)))
    }
}
