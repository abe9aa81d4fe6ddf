// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// What of the journal a channel tells in its next message: all that has happened since its last one.
package struct NoticeBatch: Hashable, Sendable {
    private let channel: NoticeChannel
    private let after: Int
    /// The last line that was looked at.
    package private(set) var through: Int
    private var first: Date?
    private var events: [NoticeEvent] = []
    private var omitted = 0

    /// Events of one message; the others are counted.
    private static let most = 100

    package init(after sequence: Int, for channel: NoticeChannel) {
        self.channel = channel
        self.after = sequence
        self.through = sequence
    }

    /// When it may be sent: what happens until then goes along. `nil` where there is nothing to tell.
    package var ripeAt: Date? { first?.adding(channel.digest) }

    /// Looks at the next lines.
    package mutating func add(_ lines: [JournalEntry]) {
        for line in lines {
            through = max(through, line.sequence)
            guard let event = NoticeEvent(line), channel.tells(event) else { continue }
            first = min(first ?? line.at, line.at)
            events.append(event)
            trim()
        }
    }

    /// Passes over a line that this version cannot read.
    package mutating func pass(over sequence: Int) { through = max(through, sequence) }

    /// The id is that of the lines: whoever reads them again makes the same message.
    package func notice(at now: Date) -> Notice {
        Notice(id: "\(channel.name)-\(after + 1)-\(through)", at: now, events: events, omitted: omitted)
    }

    /// Leaves out the latest of what matters least.
    private mutating func trim() {
        guard events.count > Self.most, let least = events.map(\.severity).min() else { return }
        if let index = events.lastIndex(where: { $0.severity == least }) { events.remove(at: index) }
        omitted += 1
    }
}

extension NoticeChannel {
    /// Whether an event is for this channel. Events are chosen by their kind, or by its first word.
    package func tells(_ event: NoticeEvent) -> Bool {
        let group = event.kind.prefix { $0 != "." }
        let isChosen = events.isEmpty || events.contains(event.kind) || events.contains(String(group))
        return isChosen && event.severity >= severity
    }
}
