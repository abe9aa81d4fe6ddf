// SPDX-License-Identifier: Apache-2.0

extension Books {
    /// Hears a call out: counts it, lets a scripted fault strike, lets the caller in, and acts.
    mutating func outcome(of call: Call) -> Outcome {
        if call.path.hasPrefix("/simulator/") { return Outcome(answer: control(call)) }
        let found = Endpoint.find(call)
        let name = found?.endpoint.name ?? (call.path == Self.tokenPath ? "POST token" : "\(call.method) elsewhere")
        counts[name, default: 0] += 1
        let fault = strike(call)
        if fault?.kind == .pageShift { orderFromPortal() }
        if let fault, !fault.doesAct { return fault.outcome(of: .empty) }
        let answer = answer(call, found, flaws: fault?.flaws ?? [])
        return fault.map { $0.outcome(of: answer) } ?? Outcome(answer: answer)
    }

    private mutating func answer(
        _ call: Call, _ found: (endpoint: Endpoint, captures: [String])?, flaws: Flaw
    ) -> Answer {
        if call.path == Self.tokenPath {
            return call.method == "POST" ? token(for: call) : Refusal.noSuchPath.answer
        }
        let person: Administrator
        switch access(call) {
        case .granted(let administrator): person = administrator
        case .denied(let answer): return answer
        }
        guard let found else { return Refusal.noSuchPath.answer }
        do {
            let visit = Visit(call: call, person: person, captures: found.captures, flaws: flaws)
            return try found.endpoint.action(&self, visit)
        } catch {
            return dressed(error as? Refusal ?? Refusal(-2, "Internal error: \(error)", status: 500))
        }
    }

    /// Some errors of some servers are no JSON.
    private func dressed(_ refusal: Refusal) -> Answer {
        switch quirks.errors {
        case .json: refusal.answer
        case .plainText: .text(refusal.description, status: refusal.status)
        case .empty: Answer(status: refusal.status)
        }
    }
}
