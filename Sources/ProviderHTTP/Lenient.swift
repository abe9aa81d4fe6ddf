// SPDX-License-Identifier: Apache-2.0

/// A value that is told beside what matters: missing, null, or of another kind than was agreed on, it counts as not told.
///
/// ```swift
/// @Lenient var keyType: String?
/// ```
///
/// For what must not cost the whole answer when it is odd. Whatever is decided by has to be read strictly.
@propertyWrapper public struct Lenient<Value: Decodable & Sendable>: Decodable, Sendable {
    /// `nil` where nothing was told that can be read.
    public var wrappedValue: Value?

    /// Nothing was told.
    public init() {}

    /// Never throws.
    public init(from decoder: any Decoder) throws {
        do { wrappedValue = try Value(from: decoder) } catch { wrappedValue = nil }
    }
}

extension KeyedDecodingContainer {
    /// What a type with such members is decoded by: a missing key is nothing told.
    public func decode<Value>(_ type: Lenient<Value>.Type, forKey key: Key) throws -> Lenient<Value> {
        try decodeIfPresent(type, forKey: key) ?? Lenient()
    }
}
