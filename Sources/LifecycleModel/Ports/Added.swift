// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A member of a record that bodies of format 1 lack: it is then what it was before anybody had thought of it.
@propertyWrapper
public struct Added<Value: Addable & Sendable>: Hashable, Sendable {
    public var wrappedValue: Value

    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
}

/// What can be added to a record later.
public protocol Addable: Hashable, Codable {
    /// What a body without it means.
    static var absent: Self { get }
}

extension Bool: Addable { public static var absent: Bool { false } }
extension Int: Addable { public static var absent: Int { 0 } }
extension Date: Addable { public static var absent: Date { Date(timeIntervalSince1970: 0) } }
extension Array: Addable where Element: Hashable & Codable { public static var absent: [Element] { [] } }
extension Streak: Addable { public static var absent: Streak { Streak() } }

extension Added: Codable {
    public init(from decoder: any Decoder) throws { wrappedValue = try Value(from: decoder) }
    public func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }
}

extension KeyedDecodingContainer {
    /// What the compiler calls for such a member, in place of the usual one.
    func decode<Value>(_ type: Added<Value>.Type, forKey key: Key) throws -> Added<Value> {
        Added(wrappedValue: try decodeIfPresent(Value.self, forKey: key) ?? .absent)
    }
}

extension KeyedEncodingContainer {
    /// As the member itself would be written.
    mutating func encode<Value>(_ added: Added<Value>, forKey key: Key) throws {
        try encode(added.wrappedValue, forKey: key)
    }
}
