// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// A request's body that knows whether it was asked for. A CA that never saw the body has done nothing.
struct MarkedBody: AsyncSequence, Sendable {
    /// Whether any of it has left.
    final class Mark: Sendable {
        private let flag = Mutex(false)
        var isSet: Bool { flag.withLock { $0 } }
        func set() { flag.withLock { $0 = true } }
    }

    let buffer: ByteBuffer
    let mark: Mark

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ByteBuffer?
        let mark: Mark

        mutating func next() async -> ByteBuffer? {
            mark.set()
            defer { rest = nil }
            return rest
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: buffer, mark: mark) }
}
