// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// A message as mail (RFC 5322), in lines as programs read them from their standard input.
struct MailMessage {
    private let notice: Notice
    private let channel: NoticeChannel
    private let recipients: [String]
    private let sender: String?
    private let host: String
    private let now: Date

    init(
        _ notice: Notice, of channel: NoticeChannel, to recipients: [String], from sender: String?, host: String,
        at now: Date
    ) {
        self.notice = notice
        self.channel = channel
        self.recipients = recipients
        self.sender = sender
        self.host = host
        self.now = now
    }

    var text: String {
        var header = [
            "To: \(recipients.map(\.forHeaders).joined(separator: ", "))",
            "Subject: \(EncodedWords.text(subject, after: "Subject: ".count))",
            "Date: \(Self.date(now))", "Message-ID: <\(notice.id.asAtom)@\(host.asAtom)>", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            "Auto-Submitted: auto-generated",
        ]
        if let sender { header.insert("From: \(sender.forHeaders)", at: 0) }
        // Packed, so that neither long lines nor characters trouble anybody on the way.
        let packed = Data(body.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        return header.joined(separator: "\n") + "\n\n\(packed)\n"
    }

    /// How much, how bad, and the first of what is worst.
    var subject: String {
        let count = notice.events.count + notice.omitted
        let worst = notice.events.first { $0.severity == notice.severity }
        let over = worst?.isOver == true ? "over: " : ""
        let text = "\(over)\(worst?.text ?? "")"
        return "[publicca] \(notice.severity.rawValue), \(count) \(count == 1 ? "event" : "events"): "
            + (text.count > 100 ? text.prefix(99) + "…" : text)
    }

    var body: String {
        var lines: [String] = []
        for severity in Severity.allCases.reversed() {
            let events = notice.events.filter { $0.severity == severity }
            guard !events.isEmpty else { continue }
            lines.append("\(severity.rawValue):")
            for event in events {
                let over = event.isOver ? "over: " : ""
                lines.append("  \(event.at.formatted(.iso8601))  \(event.kind)")
                lines.append("    \(over)\(event.text)")
            }
            lines.append("")
        }
        if notice.omitted > 0 { lines.append("\(notice.omitted) more are left out; see: publicca journal") }
        lines.append("message \(notice.id) of channel \(channel.name.forHeaders)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Such as `Sat, 31 Jan 2026 09:30:00 +0000`.
    static func date(_ date: Date) -> String {
        let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.weekday, .day, .month, .year], from: date)
        let time = date.formatted(.iso8601).dropFirst(11).prefix(8)
        return "\(names[((parts.weekday ?? 1) - 1) % 7]), \(parts.day ?? 1) \(months[((parts.month ?? 1) - 1) % 12]) "
            + "\(parts.year ?? 1970) \(time) +0000"
    }
}

/// Text of a header in which characters beyond ASCII are packed (RFC 2047), folded where a line would get too long.
enum EncodedWords {
    private static let line = 76

    /// - Parameter column: how much of the first line is used.
    static func text(_ text: String, after column: Int) -> String {
        let clean = text.forHeaders
        if clean.allSatisfy(\.isASCII), clean.count + column <= line, !clean.contains("=?") { return clean }
        var words: [String] = []
        var part = ""
        for character in clean {
            // A word holds whole characters, and no more than 75 of its own (45 bytes before they are packed).
            if (part + String(character)).utf8.count > 39 {
                words.append(word(part))
                part = ""
            }
            part.append(character)
        }
        return (words + [word(part)]).joined(separator: "\n ")
    }

    private static func word(_ text: String) -> String { "=?UTF-8?B?\(Data(text.utf8).base64EncodedString())?=" }
}

extension String {
    /// As one line, whoever wrote it: nothing in it can begin another header.
    var forHeaders: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.disturbsLine ? " " : $0 }))
    }

    /// As part of a Message-ID.
    fileprivate var asAtom: String {
        String(map { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) ? $0 : "_" })
    }
}
