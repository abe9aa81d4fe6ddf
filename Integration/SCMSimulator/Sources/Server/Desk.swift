// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Synchronization

/// The books behind a lock, and the clock beside them.
final class Desk: Sendable {
    private let books: Mutex<Books>
    private let traffic = Mutex(Traffic())
    let think: Int

    private struct Traffic {
        var inFlight = 0
        var peak = 0
    }

    init(_ books: Books) {
        think = books.settings.think
        self.books = Mutex(books)
    }

    func outcome(of call: Call) -> Outcome {
        books.withLock { books in
            books.peakInFlight = peak
            books.now = Date().addingTimeInterval(books.clockOffset)
            return books.outcome(of: call)
        }
    }

    /// Counts how many calls are under way at once, the time that they think among it.
    func enter() {
        traffic.withLock { traffic in
            traffic.inFlight += 1
            traffic.peak = max(traffic.peak, traffic.inFlight)
        }
    }

    func leave() { traffic.withLock { $0.inFlight -= 1 } }

    var peak: Int { traffic.withLock { $0.peak } }
}
