// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging

/// An event as it is written.
struct LogLine: Sendable {
    private let event: LogEvent
    private let fields: Logger.Metadata
    private let at: Date

    init(_ event: LogEvent, fields: Logger.Metadata, at: Date = Date()) {
        self.event = event
        self.fields = fields
        self.at = at
    }

    func written(as format: HostConfiguration.LogFormat) throws -> Data {
        switch format {
        case .text: Data("\(text)\n".utf8)
        case .json: try json() + Data("\n".utf8)
        }
    }

    /// What the sentence says already is not said twice.
    private var text: String {
        let message = "\(event.message)"
        let error = event.error.map { ": \($0)" } ?? ""
        let rest = fields.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
            .filter { !message.contains($0.1) }.map { " \($0)=\($1)" }.joined()
        return Self.inOneLine("\(event.level.rawValue): \(message)\(error)\(rest)")
    }

    private func json() throws -> Data {
        var members = fields.mapValues { Value($0) }
        if let error = event.error { members["error"] = .text("\(error)") }
        members["at"] = .text(at.formatted(.iso8601))
        members["level"] = .text(event.level.rawValue)
        members["message"] = .text("\(event.message)")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(members)
    }

    /// What others wrote, such as a CA or the host of a proxy, must neither begin a line of its own nor move a terminal's
    /// cursor.
    private static func inOneLine(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format:
                line += scalar.escaped(asASCII: true)
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// A field as JSON: numbers and truths as such.
    private enum Value: Encodable {
        case text(String)
        case number(Double)
        case whole(Int)
        case truth(Bool)
        case list([Value])
        case object([String: Value])

        init(_ value: Logger.MetadataValue) {
            switch value {
            case .string(let text): self = .text(text)
            case .stringConvertible(let number as Int): self = .whole(number)
            case .stringConvertible(let number as Double) where number.isFinite: self = .number(number)
            case .stringConvertible(let truth as Bool): self = .truth(truth)
            case .stringConvertible(let other): self = .text("\(other)")
            case .array(let values): self = .list(values.map { Value($0) })
            case .dictionary(let members): self = .object(members.mapValues { Value($0) })
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number): try container.encode(number)
            case .whole(let number): try container.encode(number)
            case .truth(let truth): try container.encode(truth)
            case .list(let values): try container.encode(values)
            case .object(let members): try container.encode(members)
            }
        }
    }
}
