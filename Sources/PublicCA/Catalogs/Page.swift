// SPDX-License-Identifier: Apache-2.0

/// A part of a long list.
public struct Page<Element: Sendable>: Sendable {
    /// In the order in which the CA lists them; may be empty on any page.
    public var items: [Element]
    /// Where the next page begins; `nil` at the end.
    public var next: PageCursor?
    /// How many there are in all, where that is known without counting.
    public var total: Int?
    /// Rows that could not be understood. They are kept apart, and the list goes on.
    public var unreadable: [UnreadableRow]

    public init(items: [Element], next: PageCursor?, total: Int? = nil, unreadable: [UnreadableRow] = []) {
        self.items = items
        self.next = next
        self.total = total
        self.unreadable = unreadable
    }
}

/// A row that could not be understood, and why.
public struct UnreadableRow: Hashable, Sendable, Codable {
    /// What the CA calls it: the id that the row would have, as far as that could be read; else empty. What is kept of it
    /// from earlier readings then stays as it is.
    public var reference: String
    /// One line for the operator, which repeats nothing of the row but its name. Where there is no reference, it begins with
    /// what else tells the row from others: that name, or its place in the list.
    public var reason: String

    public init(reference: String, reason: String) {
        self.reference = reference
        self.reason = reason
    }
}
