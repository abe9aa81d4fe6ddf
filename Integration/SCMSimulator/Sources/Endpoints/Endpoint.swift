// SPDX-License-Identifier: Apache-2.0

/// One call on its way through: what was asked, by whom, and what the path held.
struct Visit: Sendable {
    var call: Call
    var person: Administrator
    /// The parts of the path where the pattern has braces.
    var captures: [String]
    /// What is to be wrong with a certificate that this call collects.
    var flaws: Flaw = []

    func id(_ index: Int = 0) throws(Refusal) -> Int {
        guard captures.indices.contains(index), let id = Int(captures[index]), id >= 1 else { throw .invalid("id") }
        return id
    }

    /// A whole number from the query, zero or more.
    func number(_ name: String) throws(Refusal) -> Int? {
        guard let text = call.parameter(name) else { return nil }
        guard let value = Int(text), value >= 0 else { throw .invalid(name) }
        return value
    }
}

/// A method and a path of the API, and what happens there.
struct Endpoint: Sendable {
    typealias Action = @Sendable (inout Books, Visit) throws -> Answer

    let method: String
    let service: String
    let versions: Set<String>
    let pattern: [String]
    let action: Action

    /// - Parameters:
    ///   - path: what follows the version; `{id}` is a number, `{text}` anything.
    ///   - versions: v2 is an alias of v1 unless a call exists in one only.
    init(
        _ method: String, _ service: String, _ path: String, versions: Set<String> = ["v1", "v2"],
        action: @escaping Action
    ) {
        self.method = method
        self.service = service
        self.versions = versions
        self.action = action
        pattern = path.split(separator: "/").map(String.init)
    }

    /// The name under which calls are counted.
    var name: String {
        let version = versions.contains("v1") ? "v1" : "v2"
        return ([method + " /api", service, version] + pattern).joined(separator: "/")
    }

    /// What stands where the pattern has braces, or nil when this is another's path.
    func captures(_ rest: ArraySlice<String>) -> [String]? {
        guard rest.count == pattern.count else { return nil }
        var captures: [String] = []
        for (part, expected) in zip(rest, pattern) {
            switch expected {
            case "{id}":
                guard Int(part) != nil else { return nil }
                captures.append(part)
            case "{text}": captures.append(Call.decoded(part.replacing("+", with: "%2B")))
            default: guard part == expected else { return nil }
            }
        }
        return captures
    }
}

extension Endpoint {
    static let all = certificates + orders + organizations + domains + validations + administrators + reports + others

    /// Where a path leads. `/private` in front is the way in with a client certificate.
    static func find(_ call: Call) -> (endpoint: Endpoint, captures: [String])? {
        var parts = call.path.split(separator: "/").map(String.init)[...]
        if parts.first == "private" { parts = parts.dropFirst() }
        guard parts.count >= 3, parts.popFirst() == "api", let service = parts.popFirst(),
            let version = parts.popFirst()
        else { return nil }
        for endpoint in all where endpoint.method == call.method && endpoint.service == service {
            guard endpoint.versions.contains(version), let captures = endpoint.captures(parts) else { continue }
            return (endpoint, captures)
        }
        return nil
    }
}
