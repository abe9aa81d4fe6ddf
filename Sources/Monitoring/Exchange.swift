// SPDX-License-Identifier: Apache-2.0

package import HTTPTypes
import ProviderHTTP
package import PublicCA

/// What may be told of one HTTP exchange with a CA: no header, no body, no query. Log lines and metrics come from it.
package struct Exchange: Hashable, Sendable {
    package enum Ending: Hashable, Sendable {
        case answered(status: Int, bytes: Int)
        case failed(TransportError)
    }

    package var method: String
    package var host: String
    /// Without its query, which can hold names, and with `{id}` for what names a single thing.
    package var path: String
    package var ending: Ending
    package var duration: Duration

    package init(_ request: HTTPRequest, _ ending: Ending, after duration: Duration) {
        method = request.method.rawValue
        host = request.authority ?? ""
        path = Self.generalized(request.path ?? "")
        self.ending = ending
        self.duration = duration
    }

    /// What the exchange means by itself, as far as HTTP knows: a provider may read more into an answer. Of requests
    /// that only read it is taken that they have the methods made for that.
    package var outcome: String {
        let effect: CallEffect = ["GET", "HEAD", "OPTIONS"].contains(method) ? .read : .write
        let outcome: ExchangeOutcome =
            switch ending {
            case .answered(let status, _): .answered(.init(code: status), retryAfter: nil)
            case .failed(.notSent): .notSent
            case .failed(.interrupted): .interrupted
            }
        return switch ReplyClassifier.disposition(of: outcome, for: effect, settle: .zero) {
        case nil: "success"
        case .transient: "transient"
        case .ambiguous: "ambiguous"
        case .rejected: "rejected"
        case .account: "account"
        case .notFound: "notFound"
        }
    }

    /// `2xx` and so on; `none` where no answer came.
    package var statusClass: String {
        guard case .answered(let status, _) = ending else { return "none" }
        return (100..<600).contains(status) ? "\(status / 100)xx" : "other"
    }

    package var description: String {
        switch ending {
        case .answered(let status, let bytes): "\(method) \(host)\(path) \(status), \(bytes) bytes"
        case .failed(let error): "\(method) \(host)\(path) \(error)"
        }
    }

    private static func generalized(_ path: String) -> String {
        path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false).map { part in
            isName(part) ? "{id}" : String(part)
        }.joined(separator: "/")
    }

    /// A number, a host name, an address, or something as long as no word of an API is.
    private static func isName(_ part: Substring) -> Bool {
        guard !part.isEmpty else { return false }
        return part.allSatisfy(\.isNumber) || part.contains { ".@%:".contains($0) } || part.count > 24
    }
}
