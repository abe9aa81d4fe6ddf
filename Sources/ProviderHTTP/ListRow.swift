// SPDX-License-Identifier: Apache-2.0

/// One row of a list in JSON, read by itself, so that one odd row does not cost the others.
///
/// Write the list as `[ListRow<OrderRow>]` in the answer's type, then sort the rows with ``readable`` and
/// ``unreadable``.
public enum ListRow<Element: Decodable & Sendable>: Decodable, Sendable {
    /// A row as it was agreed on.
    case readable(Element)
    /// The text says what is wrong and where, and repeats nothing of the row.
    case unreadable(String)

    /// Never throws.
    public init(from decoder: any Decoder) throws {
        do { self = .readable(try Element(from: decoder)) } catch let error as DecodingError {
            self = .unreadable(Self.reason(error))
        } catch {
            self = .unreadable("a value is not as it should be")
        }
    }

    /// What the row says; `nil` when it cannot be understood.
    public var readable: Element? {
        if case .readable(let element) = self { return element }
        return nil
    }

    /// Why the row cannot be understood; `nil` when it can.
    public var unreadable: String? {
        if case .unreadable(let reason) = self { return reason }
        return nil
    }

    private static func reason(_ error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
        case .valueNotFound(_, let context): "\(place(context.codingPath)) is null"
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            "\(place(context.codingPath)) is not what it should be"
        @unknown default: "a value is not as it should be"
        }
    }
}
