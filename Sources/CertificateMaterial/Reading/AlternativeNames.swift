// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA
import SwiftASN1
import X509

/// The subject alternative names in requests and certificates (RFC 5280 §4.2.1.6).
enum AlternativeNames {
    /// DNS names and IP addresses in normal form, each once; the other kinds are left out.
    static func read(_ lists: [Certificate.Extensions]) throws(MaterialError) -> [SubjectAlternativeName] {
        let general = try MaterialError.attempt("the subject alternative names cannot be read") {
            try lists.flatMap { Array(try $0.subjectAlternativeNames ?? SubjectAlternativeNames()) }
        }
        var names: [SubjectAlternativeName] = []
        for case let name? in general.map(name) where !names.contains(name) { names.append(name) }
        return names
    }

    private static func name(_ general: GeneralName) -> SubjectAlternativeName? {
        switch general {
        case .dnsName(let text): .dnsName(normalized(text))
        case .ipAddress(let octets): NetworkAddress(octets: octets.bytes).map { .ipAddress($0.text) }
        default: nil
        }
    }

    /// The normal form where the text is a name; else as it was written, so that a check can refuse it by name.
    static func normalized(_ text: String) -> String {
        do throws(MaterialError) { return try NameReading.name(text).text } catch { return text }
    }
}
