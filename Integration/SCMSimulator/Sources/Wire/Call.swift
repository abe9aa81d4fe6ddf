// SPDX-License-Identifier: Apache-2.0

/// What a client asked, freed from how it came.
struct Call: Sendable {
    var method: String
    /// Without the query and without a slash at the end.
    var path: String
    var query: [String: String] = [:]
    /// By lower-case name.
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    /// The serial number of the client certificate that our client CA vouches for.
    var clientSerial: String?
    /// `https://127.0.0.1:1234`, as the client called us.
    var origin = ""

    init(method: String, target: String) {
        self.method = method
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = "/" + (halves.first ?? "").split(separator: "/").map(String.init).joined(separator: "/")
        guard halves.count == 2 else { return }
        for field in halves[1].split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            query[Self.decoded(parts[0])] = parts.count == 2 ? Self.decoded(parts[1]) : ""
        }
    }

    /// A query parameter that says something; clients send empty ones.
    func parameter(_ name: String) -> String? {
        guard let value = query[name], !value.isEmpty else { return nil }
        return value
    }

    static func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
