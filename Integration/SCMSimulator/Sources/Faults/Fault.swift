// SPDX-License-Identifier: Apache-2.0

/// Something that goes wrong with the next calls that match, written as JSON by whoever tests:
/// `{"method": "POST", "path": "/api/ssl/v1/enroll", "kind": "loseAnswer"}`.
struct Fault: Codable, Sendable {
    enum Kind: String, Codable, CaseIterable, Sendable {
        /// Acts, then cuts the connection without a word.
        case loseAnswer
        /// Cuts the connection without acting.
        case loseRequest
        /// 429, with `Retry-After` where `retryAfter` says so.
        case tooManyRequests
        /// 502 in HTML, as a proxy in front would.
        case badGateway
        /// 503, with `Retry-After` where `retryAfter` says so.
        case unavailable
        /// An error of SCM's own: `status` (400), `code`, `description`.
        case error
        /// Word for word what `status` (200), `headers` and `body` say.
        case answer
        /// 200 without a body.
        case empty
        /// Half of the answer, then the connection is cut.
        case truncated
        /// The answer byte by byte, one every `milliseconds` (100).
        case drip
        /// A body of `bytes` (a gigabyte) that is valid JSON to the last byte but one.
        case huge
        /// The same, compressed to nearly nothing.
        case gzipBomb
        /// The answer with bytes that are no UTF-8.
        case invalidUTF8
        /// 200 with a page in HTML.
        case html
        /// Lists in lists, `depth` (100 000) of them.
        case deep
        /// 302 to `location`.
        case redirect
        /// Before the answer somebody orders another certificate, so that what follows in a list moves on by one.
        case pageShift
        /// The certificate collected has another key.
        case wrongKey
        /// The certificate collected lacks the last of its names.
        case missingName
        /// The certificate collected has expired.
        case expired
        /// The chain collected comes in the opposite order.
        case mixedChain
        /// Nothing for `milliseconds` (ten minutes), then the connection is cut.
        case hang
        /// The answer, `milliseconds` (1000) late.
        case delay
    }

    var kind: Kind
    /// Any method when left out.
    var method: String?
    /// What the path begins with; any path when left out. `/private` in front does not count.
    var path: String?
    /// So many matching calls pass first.
    var after: Int?
    /// How many calls it strikes: one, unless said otherwise.
    var count: Int?
    /// Which share of the matching calls it strikes, by chance: each, unless said otherwise.
    var share: Double?
    /// Whether the call has its effect all the same; `loseAnswer` and all that spoil an answer act anyway.
    var acts: Bool?
    var status: Int?
    var code: Int?
    var description: String?
    var headers: [String: String]?
    var body: String?
    var retryAfter: Int?
    var location: String?
    var milliseconds: Int?
    var bytes: Int?
    var depth: Int?

    func matches(_ call: Call) -> Bool {
        let path = call.path.hasPrefix("/private/") ? String(call.path.dropFirst("/private".count)) : call.path
        return (method == nil || method == call.method) && path.hasPrefix(self.path ?? "/")
    }

    var doesAct: Bool {
        switch kind {
        case .loseAnswer, .truncated, .drip, .invalidUTF8, .pageShift, .wrongKey, .missingName, .expired, .mixedChain,
            .delay:
            true
        default: acts ?? false
        }
    }

    var flaws: Flaw {
        switch kind {
        case .wrongKey: .wrongKey
        case .missingName: .missingName
        case .expired: .expired
        case .mixedChain: .mixedChain
        default: []
        }
    }
}

extension Books {
    /// The fault that strikes this call, if one does. Faults are used up in the order in which they were scripted.
    mutating func strike(_ call: Call) -> Fault? {
        for index in faults.indices where faults[index].matches(call) {
            if let after = faults[index].after, after > 0 {
                faults[index].after = after - 1
                continue
            }
            let fault = faults[index]
            if let share = fault.share, Double.random(in: 0..<1, using: &luck) >= share { continue }
            let left = (fault.count ?? 1) - 1
            if left > 0 { faults[index].count = left } else { faults.remove(at: index) }
            return fault
        }
        return nil
    }
}
