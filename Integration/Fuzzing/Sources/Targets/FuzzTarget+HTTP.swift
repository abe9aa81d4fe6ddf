// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import ProviderHTTP
import PublicCA
import PublicCATesting
import SectigoProvider

/// What any server may send, whatever CA it is of.
extension FuzzTarget {
    /// `Retry-After`.
    static let headers = FuzzTarget("headers", longest: 128) { bytes in
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        guard let delay = RetryAfter.delay(String(decoding: bytes, as: UTF8.self), from: now) else { return }
        try expect((.zero)...(.seconds(3600)) ~= delay, "a delay of \(delay) was asked for")
    }

    /// A CA's text on its way to people: in clear, and as the bytes of a body.
    static let redaction = FuzzTarget("redaction", longest: 2048) { bytes in
        let redact = Redaction([Secret(Refusal.canary)])
        let filled = ScriptedServer.filled(bytes)
        for text in [redact(filled), redact(String(decoding: filled, as: UTF8.self))] where !text.isEmpty {
            try Refusal.check(text)
            try expect(text.unicodeScalars.count <= 300, "\(text.unicodeScalars.count) characters are left")
        }
    }

    /// Addresses that people write down, with what they should not write.
    static let address = FuzzTarget("address", longest: 512) { bytes in
        let text = String(decoding: ScriptedServer.filled(bytes), as: UTF8.self)
        if let address = WebAddress(text) {
            let request = address.request(.post)
            try expect(request.authority?.isEmpty == false, "an address without a host")
            try expect(request.path?.hasPrefix("/") == true, "a path that does not begin at the root")
        }
        let context = ProviderContext(
            settings: ProviderSettings(), transport: ScriptedServer([]), memory: TestMemory(),
            now: { Date(timeIntervalSince1970: 1_800_000_000) })
        let endpoint = Result { () throws(SettingError) in
            try JSONEndpoint(
                address: text, context: context, secrets: [Secret(Refusal.canary)], settle: .seconds(60))
        }
        switch endpoint {
        case .success(let endpoint):
            try expect(!endpoint.description.contains("@"), "the endpoint shows a login")
        case .failure(let error): try Refusal.check(error.description)
        }
        // Of a setting that is none of the secret ones, the text is shown. The fuzzer guesses the credential in time.
        let plain = String(decoding: bytes, as: UTF8.self)
        guard !Refusal.tells(plain) else { return }
        var values = ["address": plain, "dcv-mode": plain, "customer-uri": plain, "user": "api"]
        values[plain] = plain
        for problem in ProviderPlugin.sectigo.problems(values: values, secretNames: ["password"]) {
            try Refusal.check(problem)
        }
    }
}
