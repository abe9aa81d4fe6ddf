// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// Where a listing by states goes on.
struct ListPlace: Hashable {
    /// An index into the states; behind the last one comes the rest, see ``SectigoProvider/listOrders(in:after:)``.
    var state = 0
    var position = 0
    /// How many the state had when its last page was read.
    var total: Int?
    /// How many were listed in the states before.
    var seen = 0
    /// The states that have listed something, a bit each.
    private var heard = 0
    /// Whether a state was refused, or its word not heeded, so that its orders may be missing.
    private(set) var isDoubtful = false
    /// How many there were in all at the start; what comes later is for the next listing.
    var all: Int?

    /// `nil` for a cursor that is none of these.
    init?(_ cursor: PageCursor?) {
        guard let cursor else { return }
        let numbers = cursor.rawValue.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 7, let state = numbers[0], let position = numbers[1], let seen = numbers[3],
            let heard = numbers[4], let doubt = numbers[5], state >= 0, position >= 0
        else { return nil }
        self.state = state
        self.position = position
        self.total = numbers[2]
        self.seen = seen
        self.heard = heard
        isDoubtful = doubt != 0
        all = numbers[6]
    }

    var cursor: PageCursor {
        let numbers: [Int?] = [state, position, total, seen, heard, isDoubtful ? 1 : 0, all]
        return PageCursor(numbers.map { $0.map { "\($0)" } ?? "" }.joined(separator: ":"))
    }

    /// Whether the rows of a state were listed under its word.
    func hasHeard(_ state: Int) -> Bool { heard & (1 << state) != 0 }

    /// Moves on by a page, and tells whether it was not the last one.
    ///
    /// Where rows have left the state meanwhile, those behind them have moved forward, over the page's edge: so many are
    /// read again, and come twice rather than never. A total that the page itself disproves counts as none.
    mutating func advance<Row>(by page: ListPage<Row>, size: Int) -> Bool {
        let newTotal = page.total.flatMap { page.rows.isEmpty || $0 >= position + page.rows.count ? $0 : nil }
        let left = max(0, (total ?? 0) - (newTotal ?? total ?? 0))
        let next = left > 0 ? max(0, position - left) : page.next(from: position, size: size)
        if !page.rows.isEmpty, state < Int.bitWidth - 1 { heard |= 1 << state }
        position = next ?? position + page.rows.count
        total = newTotal
        return next != nil
    }

    /// Whether the states that are listed so far hold everything, as far as the server tells. More than there were may be
    /// what came meanwhile, or a total that means something else.
    var isWhole: Bool { all.map { seen == $0 || (seen > $0 && !isDoubtful) } ?? !isDoubtful }

    mutating func nextState() {
        seen += position
        state += 1
        position = 0
        total = nil
    }

    /// Leaves a state whose word says nothing here.
    mutating func skip() {
        heard &= ~(1 << state)
        position = 0
        isDoubtful = true
        nextState()
    }
}
