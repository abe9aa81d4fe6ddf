// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// Whom to tell, and of what.
extension ConfigurationReading {
    mutating func channels(of root: Place) -> [NoticeChannel] {
        var lines: [String: Int] = [:]
        return places("notifications", of: root).compactMap { place in
            need("name", of: place, for: "a notification")
            let name = value("name", of: place, ConfigurationValues.text)
            let means = means(of: place)
            if let name, let line = lines.updateValue(place.line, forKey: name) {
                note("the notification \"\(name)\" is there already, in line \(line)", line: place.line)
            }
            var channel = NoticeChannel(name: name ?? "", means: means ?? .command([]))
            complete(&channel, from: place)
            return name == nil || means == nil ? nil : channel
        }
    }

    private mutating func complete(_ channel: inout NoticeChannel, from place: Place) {
        channel.events = Set(values("events", of: place, ConfigurationValues.event))
        channel.severity = value("severity", of: place, ConfigurationValues.severity) ?? channel.severity
        channel.digest = value("digest", of: place, ConfigurationValues.duration) ?? channel.digest
    }

    private mutating func means(of place: Place) -> NoticeChannel.Means? {
        let given = ["webhook", "command", "mail"].filter { place.has($0) }
        guard given.count == 1 else {
            note("a notification needs one of webhook, command and mail", line: place.line)
            return nil
        }
        if place.has("secret"), given != ["webhook"] {
            note("only a webhook has a secret", line: place.line(of: "secret"))
        }
        switch given.first {
        case "webhook":
            let secret = value("secret", of: place, ConfigurationValues.secret)
            if let secret { look(for: secret, place.path("secret"), line: place.line(of: "secret")) }
            return value("webhook", of: place, ConfigurationValues.address).map {
                .webhook(address: $0, secret: secret)
            }
        case "command":
            let command = command("command", of: place)
            return command.isEmpty ? nil : .command(command)
        default:
            return self.place("mail", of: place).flatMap { mail(of: $0) }
        }
    }

    private mutating func mail(of place: Place) -> NoticeChannel.Means? {
        need("to", of: place, for: "mail")
        let to = values("to", of: place, ConfigurationValues.mailbox)
        let from = value("from", of: place, ConfigurationValues.mailbox)
        let command = !place.has("command") ? usualMailer(place) : command("command", of: place)
        return to.isEmpty || command.isEmpty ? nil : .mail(to: to, from: from, command: command)
    }

    private mutating func usualMailer(_ place: Place) -> [String] {
        let command = ["/usr/sbin/sendmail", "-i", "-t"]
        if let problem = surroundings?.problem(withProgram: command[0]) {
            note("\(place.key): \(problem); say with command what sends mail", line: place.line)
        }
        return command
    }
}
