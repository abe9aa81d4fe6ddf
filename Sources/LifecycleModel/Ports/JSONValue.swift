// SPDX-License-Identifier: Apache-2.0

/// JSON whose meaning is not known.
enum JSONValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// The members that the other lacks, at every depth of objects; `nil` when there are none.
    func lacking(_ other: JSONValue) -> JSONValue? {
        guard case .object(let mine) = self, case .object(let theirs) = other else { return nil }
        var rest: [String: JSONValue] = [:]
        for (name, value) in mine where value != .null {
            if let known = theirs[name] {
                rest[name] = value.lacking(known)
            } else {
                rest[name] = value
            }
        }
        return rest.isEmpty ? nil : .object(rest)
    }

    /// With those members of the other that it does not have itself.
    func adding(_ other: JSONValue?) -> JSONValue {
        guard case .object(let mine) = self, case .object(let theirs) = other else { return self }
        return .object(mine.merging(theirs) { own, added in own.adding(added) })
    }
}

extension JSONValue: Codable {
    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: MemberName.self) {
            self = .object(
                try Dictionary(
                    uniqueKeysWithValues: object.allKeys.map { name in
                        (name.stringValue, try object.decode(JSONValue.self, forKey: name))
                    }))
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !list.isAtEnd { values.append(try list.decode(JSONValue.self)) }
            self = .list(values)
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let boolean = try? value.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let integer = try? value.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try value.decode(String.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let boolean): try container.encode(boolean)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    private struct MemberName: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
