// SPDX-License-Identifier: Apache-2.0

import ProviderHTTP
import PublicCA

/// Where a listing by states goes on. Behind the last state stands everything, in case that the states were not all.
///
/// SCM's lists are windows over rows that move: a page begins with the last rows of the one before, and what does not
/// begin so has moved.
struct ListPlace: Hashable {
    /// Pages that are read again: every further one is paid for by four that are not, as far as the upper bound. A server
    /// that lists in another order each time is not followed back for ever.
    private static let patience = 3...300
    /// Pages in a row that bring nothing: one that gives the same rows whatever it is asked for is left.
    private static let barrenness = 16
    /// Where a list can go on: one that is longer has no end. What is beyond was not written here.
    static let possible = 0...(1 << 40)

    var state = 0
    /// Where the next page would begin if nothing moved.
    var position = 0
    /// The last rows of the page before, see ``ListPage/anchors``.
    var anchors: [Int] = []
    /// Pages that were read again because their rows had moved.
    var retreats = 0
    /// Pages up to here that brought nothing new, or nothing to tell the next one by.
    private var barren = 0
    /// Rows so far, those that came twice included.
    var seen = 0
    /// How many there were in all when the listing began.
    var all: Int?
    /// A bit for each state that the server narrowed its list by.
    private var heard = 0

    var start: Int { position - anchors.count }

    /// `nil` for a cursor that is none of these.
    init?(_ cursor: PageCursor?) {
        guard let cursor else { return }
        let fields = cursor.rawValue.split(separator: ":", omittingEmptySubsequences: false).map {
            $0.split(separator: ",").map { Int($0) ?? -1 }
        }
        guard fields.count == 7, fields.allSatisfy({ $0.allSatisfy { $0 >= 0 } }), let state = fields[0].first,
            let position = fields[1].first, fields[2].count <= position, let retreats = fields[3].first,
            let seen = fields[4].first, let heard = fields[5].first,
            [position, retreats, seen].allSatisfy(Self.possible.contains)
        else { return nil }
        (self.state, self.position, self.anchors) = (state, position, fields[2])
        (self.retreats, self.seen, self.heard, self.all) = (retreats, seen, heard, fields[6].first)
        barren = fields[3].dropFirst().first ?? 0
    }

    /// Moves on by a page. Returns the rows that the page before did not have.
    mutating func advance(past page: ListPage<SSLRow>) -> ArraySlice<ListRow<SSLRow>> {
        let paid = seen / (4 * max(page.size, page.rows.count))
        var fresh = page.rows[...]
        if let behind = page.rows(behind: anchors) {
            fresh = behind
        } else if !anchors.isEmpty, page.position > 0,
            retreats < min(Self.patience.lowerBound + paid, Self.patience.upperBound)
        {
            // Rows before this page have left, and some behind them would be missed.
            position = max(anchors.count, position - max(1, page.size - anchors.count))
            retreats += 1
            return []
        }
        seen += fresh.count
        // A total that is too large leads nowhere, and nor does a server that tells none and gives the same rows again.
        let isEnd = page.isLast || page.end <= position || (page.total == nil && fresh.isEmpty)
        anchors = page.anchors
        // It may be the same page once more.
        barren = fresh.isEmpty || anchors.isEmpty ? barren + 1 : 0
        if isEnd || barren >= Self.barrenness {
            next(hasHeard: isEnd)
        } else {
            position = page.end
        }
        return fresh
    }

    /// To the next state.
    ///
    /// - Parameter hasHeard: whether the server narrowed its list by this one.
    mutating func next(hasHeard: Bool) {
        if hasHeard { heard |= 1 << state }
        state += 1
        position = 0
        anchors = []
        barren = 0
    }

    /// Whether a state so far was refused, or its word not heeded, so that its orders may be missing.
    var isDoubtful: Bool { !(0..<state).allSatisfy(hasHeard) }

    /// Whether the server narrows its list at all.
    var isNarrowed: Bool { heard != 0 }

    func hasHeard(_ state: Int) -> Bool { heard & (1 << state) != 0 }

    /// `nil` at the end: behind the last state, unless those listed were not all.
    func cursor(among states: Int) -> PageCursor? {
        // More than there were may be what came meanwhile, or a total that means something else.
        let isWhole = all.map { seen == $0 || (seen > $0 && !isDoubtful) } ?? !isDoubtful
        guard state < states || (state == states && !isWhole) else { return nil }
        let moves = barren == 0 ? [retreats] : [retreats, barren]
        let fields = [[state], [position], anchors, moves, [seen], [heard], all.map { [$0] } ?? []]
        return PageCursor(
            fields.map { $0.map { "\($0)" }.joined(separator: ",") }.joined(separator: ":"))
    }
}

extension ListPage<SSLRow> {
    /// Its last rows, by which the next page is known to go on from here: from the last but one that has a number, since
    /// one of them may leave its state meanwhile. 0 stands for a row that has none; empty where too many have none.
    fileprivate var anchors: [Int] {
        let last = rows.suffix(max(1, rows.count / 2)).map { max(0, $0.readable?.sslId ?? 0) }
        return last.indices.filter { last[$0] > 0 }.suffix(2).first.map { Array(last[$0...]) } ?? []
    }

    /// The rows behind those of the page before; `nil` where none of them is met again.
    fileprivate func rows(behind anchors: [Int]) -> ArraySlice<ListRow<SSLRow>>? {
        let known = rows.indices.reversed().lazy.compactMap { index in
            rows[index].readable.flatMap { $0.sslId > 0 ? anchors.lastIndex(of: $0.sslId) : nil }.map { (index, $0) }
        }.first
        guard let (index, anchor) = known else { return nil }
        let unnamed = anchors[anchor...].count { $0 == 0 }
        let rest = rows[(index + 1)...]
        return rest.dropFirst(rest.prefix(unnamed).prefix { $0.readable == nil }.count)
    }
}
