// SPDX-License-Identifier: Apache-2.0

import CIDN2
import LifecycleModel
import PublicCA

/// Domain names beyond ASCII (IDNA2008, RFC 5891), through libidn2.
enum InternationalName {
    /// The name in A-labels and lower case.
    ///
    /// What people type is mapped first (UTS 46, not transitional: `Bücher.DE` is `bücher.de`, `ß` stays `ß`); then it
    /// must be valid under IDNA2008 itself, which is stricter than the mapping.
    static func ascii(_ domain: String, in text: String) throws(MaterialError) -> String {
        let lowered = domain.lowercased()
        guard !domain.utf8.allSatisfy({ $0 < 0x80 }) || lowered.contains("xn--") else { return lowered }
        let mapped = try lookup(domain, IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue, in: text)
        let strict = try lookup(
            try unicode(mapped, in: text), IDN2_NFC_INPUT.rawValue | IDN2_NO_TR46.rawValue, in: text)
        guard strict == mapped else { throw refusal(text, "it does not survive the way to Unicode and back") }
        return strict
    }

    private static func lookup(_ domain: String, _ flags: UInt32, in text: String) throws(MaterialError) -> String {
        var result: UnsafeMutablePointer<UInt8>?
        let code = idn2_lookup_u8(Array(domain.utf8) + [0], &result, Int32(flags))
        defer { idn2_free(result) }
        guard code == IDN2_OK.rawValue, let result else { throw refusal(text, reason(code)) }
        return String(cString: result)
    }

    private static func unicode(_ domain: String, in text: String) throws(MaterialError) -> String {
        var result: UnsafeMutablePointer<CChar>?
        let code = idn2_to_unicode_8z8z(domain, &result, 0)
        defer { idn2_free(result) }
        guard code == IDN2_OK.rawValue, let result else { throw refusal(text, reason(code)) }
        return String(cString: result)
    }

    private static func reason(_ code: Int32) -> String { String(cString: idn2_strerror(code)) }

    private static func refusal(_ text: String, _ reason: String) -> MaterialError {
        MaterialError("\(text.quoted) is not an international domain name: \(reason)")
    }
}
