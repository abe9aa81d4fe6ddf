// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// A message as JSON: what webhooks and programs get.
struct NoticeBody: Encodable {
    var id: String
    var channel: String
    var at: Date
    /// Of the event that matters most.
    var severity: Severity
    var events: [NoticeEvent]
    /// Events that are left out.
    var omitted: Int

    init(_ notice: Notice, of channel: NoticeChannel) {
        self.id = notice.id
        self.channel = channel.name
        self.at = notice.at
        self.severity = notice.severity
        self.events = notice.events
        self.omitted = notice.omitted
    }

    /// The same bytes for each attempt.
    var json: Data {
        get throws(DeliveryFailure) {
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            do {
                return try encoder.encode(self)
            } catch {
                throw DeliveryFailure("the message cannot be written as JSON", mayPass: false)
            }
        }
    }
}

extension Notice {
    var severity: Severity { events.map(\.severity).max() ?? .info }
}
