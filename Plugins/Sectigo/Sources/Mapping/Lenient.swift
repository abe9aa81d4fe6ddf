// SPDX-License-Identifier: Apache-2.0

/// A value of an answer, however the server writes it: the two manuals differ in what is a number and what is a text, and
/// what may be left out may also be null. An optional value that cannot be understood is taken as left out, so that one
/// odd value does not cost the whole answer.
@propertyWrapper
struct Lenient<Value: LenientValue>: Decodable, Sendable {
    var wrappedValue: Value

    init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Value(lenient: container) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a value of this kind")
        }
        wrappedValue = value
    }
}

/// The same for an optional value that something is decided by: it may be missing or null, but where it cannot be understood
/// the whole answer is odd. Taken for none, it could let something be bought again.
@propertyWrapper
struct Decisive<Value: LenientValue>: Decodable, Sendable {
    var wrappedValue: Value?

    init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = container.decodeNil() ? nil : try Lenient<Value>(from: decoder).wrappedValue
    }
}

protocol LenientValue: Sendable {
    /// `nil` for what cannot be understood.
    init?(lenient container: any SingleValueDecodingContainer)
}

extension SingleValueDecodingContainer {
    /// The value where it is of this very type.
    fileprivate func read<Value: Decodable>(_ type: Value.Type) -> Value? {
        do { return try decode(type) } catch { return nil }
    }
}

extension String: LenientValue {
    init?(lenient container: any SingleValueDecodingContainer) {
        if let text = container.read(String.self) {
            self = text
        } else if let number = container.read(Int.self) {
            self = "\(number)"
        } else if let truth = container.read(Bool.self) {
            self = "\(truth)"
        } else {
            return nil
        }
    }
}

extension Int: LenientValue {
    init?(lenient container: any SingleValueDecodingContainer) {
        guard let number = container.read(Int.self) ?? container.read(String.self).flatMap({ Int($0.trimmed) }) else {
            return nil
        }
        self = number
    }
}

extension Bool: LenientValue {
    init?(lenient container: any SingleValueDecodingContainer) {
        guard
            let truth = container.read(Bool.self) ?? String(lenient: container).flatMap({ Self.words[$0.lowercased()] })
        else { return nil }
        self = truth
    }

    private static let words = ["true": true, "false": false, "1": true, "0": false]
}

extension Optional: LenientValue where Wrapped: LenientValue {
    init?(lenient container: any SingleValueDecodingContainer) { self = Wrapped(lenient: container) }
}

extension Array: LenientValue where Element: LenientValue {
    /// A single value stands for a list of one.
    init?(lenient container: any SingleValueDecodingContainer) {
        if let elements = container.read([Lenient<Element?>].self) {
            self = elements.compactMap(\.wrappedValue)
        } else if let element = Element(lenient: container) {
            self = [element]
        } else {
            return nil
        }
    }
}

extension Dictionary: LenientValue where Key == String, Value: LenientValue {
    init?(lenient container: any SingleValueDecodingContainer) {
        guard let values = container.read([String: Lenient<Value?>].self) else { return nil }
        self = values.compactMapValues(\.wrappedValue)
    }
}

extension KeyedDecodingContainer {
    /// Stands in for the compiler's own reading, which wants the key to be there.
    func decode<Wrapped>(_ type: Lenient<Wrapped?>.Type, forKey key: Key) throws -> Lenient<Wrapped?> {
        try decodeIfPresent(type, forKey: key) ?? Lenient(wrappedValue: nil)
    }

    /// The same.
    func decode<Value>(_ type: Decisive<Value>.Type, forKey key: Key) throws -> Decisive<Value> {
        try decodeIfPresent(type, forKey: key) ?? Decisive(wrappedValue: nil)
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// As words are compared: letters and digits alone, in lower case. `NOT_VALIDATED` in one manual is `Not validated`
    /// in the other.
    var plainWord: String { lowercased().filter { $0.isLetter || $0.isNumber } }
}
