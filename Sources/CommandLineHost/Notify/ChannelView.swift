// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

/// A channel as it is shown: where it leads is not, since addresses may hold tokens.
struct ChannelView: Sendable {
    let channel: NoticeChannel
    /// `nil` before anything has run.
    let record: ChannelRecord?

    private var means: String {
        switch channel.means {
        case .webhook: "webhook"
        case .command: "command"
        case .mail: "mail"
        }
    }

    private var state: String {
        guard let record else { return "new" }
        return record.problem == nil ? "working" : "failing"
    }

    var json: JSONDocument {
        .object([
            "name": .text(channel.name), "means": .text(means), "severity": .text(channel.severity.rawValue),
            "events": .texts(channel.events.sorted()), "digestSeconds": .number(Int(channel.digest.components.seconds)),
            "state": .text(state), "sequence": .optional(record?.sequence), "waiting": .number(record?.waiting ?? 0),
            "problem": .optional(record?.problem), "deliveredAt": .date(record?.deliveredAt),
            "lost": .number(record?.lost ?? 0),
            "deadLetters": .list(
                (record?.deadLetters ?? []).map { letter in
                    .object([
                        "id": .text(letter.notice.id), "at": .date(letter.at),
                        "events": .number(letter.notice.events.count + letter.notice.omitted),
                        "problem": .text(letter.problem),
                    ])
                }),
        ])
    }

    static func table(_ channels: [ChannelView]) -> Table {
        var table = Table("NAME", "MEANS", "FROM", "EVENTS", "STATE", "LAST", "WAITING", "UNDELIVERED", "PROBLEM")
        for view in channels {
            let (channel, record) = (view.channel, view.record)
            table.add(
                channel.name, view.means, channel.severity.rawValue,
                channel.events.isEmpty ? "all" : channel.events.sorted().joined(separator: ", "), view.state,
                record?.deliveredAt.map { Dates.short($0) } ?? "never", "\(record?.waiting ?? 0)",
                "\(record?.deadLetters.count ?? 0)", record?.problem ?? record?.deadLetters.last?.problem)
        }
        return table
    }
}

extension ChannelRecord {
    /// Messages that will be sent by themselves.
    var waiting: Int { again.count + (pending == nil ? 0 : 1) }
}
