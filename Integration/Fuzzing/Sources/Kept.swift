// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel

/// What holds of everything that is kept.
enum Kept {
    /// Written and read, it is what it was; to a newer version, too.
    static func check<Value: Codable & Hashable>(_ value: Value) throws {
        let body = try StoredBody.encode(value)
        let again = try StoredBody.decode(Value.self, from: body)
        // The first writing brings dates to milliseconds; from then on nothing changes any more.
        let second = try StoredBody.encode(again)
        try expect(try StoredBody.decode(Value.self, from: second) == again, "kept twice, \(Value.self) is another")
    }

    /// Reads a body that may be no such value, and tells whether it was one.
    static func read<Value: Codable & Hashable>(_ type: Value.Type, _ body: Data) throws -> Value? {
        let value: Value
        do { value = try StoredBody.decode(type, from: body) } catch is DecodingError { return nil }
        let written = try StoredBody.encode(value)
        try expect(try StoredBody.decode(type, from: written) == value, "what was read as \(type) is written otherwise")
        // As though a newer version had written it: what is not understood is carried along. Where that is damaged, a member
        // that nobody asks for, the body is refused now.
        let merged: Data
        do { merged = try StoredBody.merging(written, replacing: body, as: type) } catch is DecodingError {
            return value
        }
        try expect(try StoredBody.decode(type, from: merged) == value, "carried along, \(type) is another")
        return value
    }
}
