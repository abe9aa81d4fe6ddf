// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Something that does not hold of some bytes.
package struct Finding: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

/// Throws a finding where something does not hold.
func expect(_ holds: Bool, _ what: @autoclosure () -> String) throws(Finding) {
    if !holds { throw Finding(what()) }
}

/// What holds of every text that says why something was refused.
enum Refusal {
    /// The credential of every account here.
    static let canary = "canary/pass word+7"

    /// In clear, in Base64, and as a form writes it.
    static let canaryForms = [
        canary, Data(canary.utf8).base64EncodedString(),
        canary.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? canary,
    ]

    /// Looked for as bytes: with an accent behind it, its last character would be another.
    static func tells(_ text: String) -> Bool {
        let bytes = Data(text.utf8)
        return canaryForms.contains { bytes.range(of: Data($0.utf8)) != nil }
    }

    /// - Parameter longest: how many bytes the text may have.
    static func check(_ text: String, longest: Int = 2000) throws(Finding) {
        try expect(!text.isEmpty, "a refusal says nothing")
        try expect(text.utf8.count <= longest, "a refusal has \(text.utf8.count) bytes")
        try expect(!tells(text), "a refusal tells a secret")
        if let scalar = text.unicodeScalars.first(where: \.disturbsLine) {
            throw Finding("a refusal holds \(scalar.escaped(asASCII: true)): \(text.debugDescription)")
        }
    }

    static func check(_ error: ProviderError) throws(Finding) {
        try check(error.summary)
        if let wording = error.wording { try check(wording) }
    }

    static func check(_ error: MaterialError) throws(Finding) { try check(error.description) }
}

/// Reads something that may be refused; `nil` where it is, in words that will do.
func refusable<Value>(_ read: () throws(MaterialError) -> Value) throws(Finding) -> Value? {
    do throws(MaterialError) {
        return try read()
    } catch {
        try Refusal.check(error)
        return nil
    }
}
