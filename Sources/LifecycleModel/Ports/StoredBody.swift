// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// How records are written where they are kept: the same JSON in every database.
///
/// Dates are whole milliseconds since 1970. A later version may add members, and raises ``format`` when it does; it may
/// not change what a member means, nor drop one that is needed here. So an older version reads what a newer one wrote,
/// and what it does not understand survives when it writes the record again, see ``merging(_:replacing:as:)``.
package enum StoredBody {
    /// Of the bodies that this version writes.
    package static let format = 4

    package static func encode(_ record: some Encodable) throws -> Data {
        try encoder.encode(record)
    }

    package static func decode<Record: Decodable>(_ type: Record.Type, from body: Data) throws -> Record {
        try decoder.decode(type, from: body)
    }

    /// The new body of a record whose old body a newer version wrote.
    ///
    /// Members of the old body that a round trip through the record loses are unknown here, and are put into the new
    /// one, at every depth of objects; an object within a list is replaced as a whole. Costs several passes over the
    /// text, hence is asked for only when the old body's format is newer than ``format``.
    package static func merging<Record: Codable>(
        _ body: Data, replacing old: Data, as type: Record.Type
    ) throws -> Data {
        let before = try decode(JSONValue.self, from: old)
        let understood = try decode(JSONValue.self, from: encode(decode(type, from: old)))
        let after = try decode(JSONValue.self, from: body)
        return try encode(after.adding(before.lacking(understood)))
    }

    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.milliseconds)
        }
        return encoder
    }()

    private static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            Date(milliseconds: try decoder.singleValueContainer().decode(Int64.self))
        }
        return decoder
    }()
}
