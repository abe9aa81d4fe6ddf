// SPDX-License-Identifier: Apache-2.0

/// How an answer reaches the client, if it does.
enum Delivery: Sendable {
    case whole
    /// The connection is cut before the first byte.
    case cut
    /// The connection is cut after half of the body.
    case half
    /// Byte by byte.
    case drip(milliseconds: Int)
    /// A body made while it is sent.
    case stream(Stream)
}

/// What goes out, how, and how late.
struct Outcome: Sendable {
    var answer: Answer
    var delivery = Delivery.whole
    var milliseconds = 0
}

extension Fault {
    /// What becomes of a call's answer; of an empty one where the call had no effect.
    func outcome(of answer: Answer) -> Outcome {
        switch kind {
        case .loseAnswer, .loseRequest: return Outcome(answer: answer, delivery: .cut)
        case .hang: return Outcome(answer: answer, delivery: .cut, milliseconds: milliseconds ?? 600_000)
        case .delay: return Outcome(answer: answer, milliseconds: milliseconds ?? 1000)
        case .truncated: return Outcome(answer: answer, delivery: .half)
        case .drip: return Outcome(answer: answer, delivery: .drip(milliseconds: milliseconds ?? 100))
        case .huge: return streamed(.spaces(bytes ?? 1 << 30))
        case .gzipBomb:
            var outcome = streamed(.compressedSpaces(bytes ?? 1 << 30))
            outcome.answer.headers["Content-Encoding"] = "gzip"
            return outcome
        case .deep: return streamed(.brackets(depth ?? 100_000))
        default: return Outcome(answer: spoiled(answer))
        }
    }

    private func streamed(_ stream: Stream) -> Outcome {
        Outcome(answer: Answer(headers: ["Content-Type": "application/json"]), delivery: .stream(stream))
    }

    private func spoiled(_ answer: Answer) -> Answer {
        switch kind {
        case .tooManyRequests: return told(Refusal(-1, "Too many requests", status: 429).answer)
        case .unavailable: return told(.text("Service Unavailable", status: 503))
        case .badGateway:
            return .text("<html><body><h1>502 Bad Gateway</h1></body></html>", status: 502, type: "text/html")
        case .html: return .text("<!DOCTYPE html><html><body>Maintenance</body></html>", status: 200, type: "text/html")
        case .error: return Refusal(code ?? -1, description ?? "Unknown error", status: status ?? 400).answer
        case .answer: return Answer(status: status ?? 200, headers: headers ?? [:], body: Array((body ?? "").utf8))
        case .empty: return .empty
        case .redirect: return Answer(status: 302, headers: ["Location": location ?? "https://elsewhere.invalid/"])
        case .invalidUTF8:
            var answer = answer
            // Within a string where there is one, so that only the bytes are wrong.
            let place = answer.body.lastIndex(of: UInt8(ascii: "\"")) ?? answer.body.endIndex
            answer.body.insert(contentsOf: [0xC3, 0x28, 0xFF], at: place)
            return answer
        default: return answer
        }
    }

    private func told(_ answer: Answer) -> Answer {
        var answer = answer
        answer.headers["Retry-After"] = retryAfter.map { String($0) }
        return answer
    }
}
