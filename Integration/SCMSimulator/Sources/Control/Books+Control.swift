// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Books {
    /// What a test, and no SCM, can ask: to look inside, to script faults, to move the clock. Nobody has to log in.
    mutating func control(_ call: Call) -> Answer {
        do {
            let body = call.body.isEmpty ? JSON.object([:]) : try JSON(reading: call.body)
            let name = String(call.path.dropFirst("/simulator/".count))
            guard let answer = try control(call.method, name, body) else { return Refusal.noSuchPath.answer }
            return .json(answer)
        } catch let refusal as Refusal {
            return refusal.answer
        } catch {
            return Refusal(-1, "\(error)").answer
        }
    }

    private mutating func control(_ method: String, _ name: String, _ body: JSON) throws -> JSON? {
        switch "\(method) \(name)" {
        case "GET state": return state
        case "GET calls": return traffic
        case "GET enrolments": return .array(ids.compactMap { enrolments[$0] }.map { sight(of: $0) })
        case "GET faults": return .array(try faults.map { try JSON(encoding: $0) })
        case "POST faults":
            faults += try (body.elements ?? [body]).map { try $0.decoded(as: Fault.self) }
        case "DELETE faults": faults = []
        case "POST luck":
            guard let seed = body["seed"]?.whole.flatMap(UInt64.init(exactly:)) else {
                throw Refusal(-1, "which seed?")
            }
            luck = Chance(seed: seed)
        case "POST reset": try reset(body)
        case "POST quirks": quirks = try quirks.changed(by: body)
        case "POST world": try change(body)
        case "POST clock":
            let advance = body["advanceSeconds"].flatMap { Double(String(decoding: $0.bytes, as: UTF8.self)) } ?? 0
            clockOffset += advance
            now += advance
            return ["clock": .string(DateStyle.isoTime.text(now))]
        case "DELETE tokens": tokens = [:]
        case "POST orders": return ["sslId": .integer(orderFromPortal(body["commonName"]?.text))]
        default: return try step(method, name, body)
        }
        return [:]
    }

    /// What people do in the portal, and what the CA decides, to one enrolment.
    private mutating func step(_ method: String, _ name: String, _ body: JSON) throws -> JSON? {
        guard method == "POST", ["approve", "decline", "issue", "status", "renew", "revoke", "forget"].contains(name)
        else {
            return nil
        }
        guard let id = body["id"]?.whole, let enrolment = enrolments[id] else { throw unknownID }
        switch name {
        case "approve": approve(id, by: "Portal")
        case "decline": enrolments[id]?.declined = now
        case "status": enrolments[id]?.word = body["status"]?.text
        case "revoke":
            guard let index = enrolment.currentIndex(at: now) else { throw Refusal.onlyIssuedRevocable }
            enrolments[id]?.issuances[index].revoked = now
            enrolments[id]?.reasonCode = 0
        case "renew": return ["sslId": .integer(renewFromPortal(enrolment))]
        case "forget": remove(id)
        default: issueNow(id)
        }
        return [:]
    }

    private mutating func reset(_ body: JSON) throws {
        var fresh = settings
        if let count = body["seed"]?.whole { fresh.seed = count }
        let serials = clientSerials
        self = Books(settings: fresh, authority: authority, now: now.addingTimeInterval(-clockOffset))
        clientSerials = serials
    }
}
