// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// Delivers messages. The engine decides what is told, and tries again.
public protocol Notifying: Sendable {
    var channels: [NoticeChannel] { get }

    /// Throws when the message may not have arrived. It is then sent again, under the same id.
    func deliver(_ notice: Notice, to channel: NoticeChannel) async throws(DeliveryFailure)
}

/// One message.
public struct Notice: Hashable, Sendable, Codable {
    /// The same for each attempt to deliver it.
    public var id: String
    public var at: Date
    public var events: [NoticeEvent]
    /// Events of the same time that are left out, because there are too many.
    public var omitted: Int

    public init(id: String, at: Date, events: [NoticeEvent], omitted: Int = 0) {
        self.id = id
        self.at = at
        self.events = events
        self.omitted = omitted
    }
}

/// Something that happened, or begins to need a person, or no longer does.
public struct NoticeEvent: Hashable, Sendable, Codable {
    public var at: Date
    public var kind: String
    public var severity: Severity
    public var subject: String
    /// The common name that it is about.
    public var name: String?
    public var text: String
    /// Whether this is the end of what needed a person.
    public var isOver: Bool

    public init(at: Date, kind: String, severity: Severity, subject: String, name: String?, text: String) {
        self.at = at
        self.kind = kind
        self.severity = severity
        self.subject = subject
        self.name = name
        self.text = text
        self.isOver = false
    }
}

/// Why a message was not delivered.
public struct DeliveryFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
    /// Whether trying again may help without somebody changing something.
    public var mayPass: Bool

    public init(_ description: String, mayPass: Bool = true) {
        self.description = description
        self.mayPass = mayPass
    }
}
