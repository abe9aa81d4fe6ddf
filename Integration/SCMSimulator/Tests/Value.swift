// SPDX-License-Identifier: Apache-2.0

import Foundation

/// JSON in a test.
enum Value: Codable, Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([Value].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: Value].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value):
            if let whole { try container.encode(whole) } else { try container.encode(value) }
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    subscript(key: String) -> Value? { if case .object(let fields) = self { fields[key] } else { nil } }
    subscript(index: Int) -> Value? {
        guard let list, list.indices.contains(index) else { return nil }
        return list[index]
    }
    var list: [Value]? { if case .list(let values) = self { values } else { nil } }
    var string: String? { if case .text(let value) = self { value } else { nil } }
    var whole: Int? { if case .number(let value) = self { Int(exactly: value) } else { nil } }
    var keys: Set<String> { if case .object(let fields) = self { Set(fields.keys) } else { [] } }
    var text: String { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "" }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: Value...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, Value)...) { self = .object(Dictionary(elements) { _, last in last }) }
    init(nilLiteral: ()) { self = .null }
}

extension Value {
    /// An order that is taken, with what a test changes about it.
    static func order(profile: Int = 501, names: String = "", _ more: [String: Value] = [:]) -> Value {
        let fields: [String: Value] = [
            "orgId": 100, "certType": .number(Double(profile)), "term": 199, "csr": .text(Request.standard),
            "subjAltNames": .text(names), "numberServers": 1, "serverType": -1,
        ]
        return .object(fields.merging(more) { _, last in last })
    }
}
