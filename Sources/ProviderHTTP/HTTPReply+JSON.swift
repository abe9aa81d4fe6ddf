// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import PublicCA

extension HTTPReply {
    /// The body as JSON of this type; `nil` when it is something else, as an error page of a proxy is.
    ///
    /// For failures, where a body that says nothing more is no failure of its own.
    public func json<Body: Decodable>(_ type: Body.Type) -> Body? {
        // The decoder passes over what is no UTF-8 in texts that it is not asked for; to RFC 8259 §8.1 none of it is JSON.
        guard String(validating: body, as: UTF8.self) != nil else { return nil }
        do { return try JSONDecoder().decode(type, from: body) } catch { return nil }
    }
}
