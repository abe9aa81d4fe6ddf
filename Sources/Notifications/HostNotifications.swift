// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
package import LifecycleModel
import Programs
package import PublicCA

/// Delivers messages by webhook, by a program, or by mail through a program that works like `sendmail -t`.
package struct HostNotifications: Notifying {
    package let channels: [NoticeChannel]
    /// For webhooks.
    private let transport: any HTTPTransport
    private let secret: @Sendable (SecretSource) throws(DeliveryFailure) -> Secret
    /// All that a program gets of our surroundings.
    private let environment: [String: String]
    /// What we are called in mail.
    private let host: String
    private let now: @Sendable () -> Date

    /// Programs that take longer are ended.
    private static let timeLimit = Duration.seconds(50)

    /// - Parameters:
    ///   - transport: follows no redirect, and logs no address: one may hold a token.
    ///   - environment: holds no secret.
    ///   - host: this machine's name.
    ///   - secret: fetches the secret of a webhook, each time anew.
    package init(
        channels: [NoticeChannel], transport: any HTTPTransport, environment: [String: String], host: String,
        now: @escaping @Sendable () -> Date = { Date() },
        secret: @escaping @Sendable (SecretSource) throws(DeliveryFailure) -> Secret
    ) {
        self.channels = channels
        self.transport = transport
        self.environment = environment
        self.host = host
        self.now = now
        self.secret = secret
    }

    package func deliver(_ notice: Notice, to channel: NoticeChannel) async throws(DeliveryFailure) {
        switch channel.means {
        case .webhook(let address, let source):
            let secret = try source.map { (source) throws(DeliveryFailure) in try self.secret(source) }
            let webhook = try Webhook(address: address, secret: secret)
            try await webhook.post(try NoticeBody(notice, of: channel).json, id: notice.id, at: now(), transport)
        case .command(let command):
            try await run(command, NoticeBody(notice, of: channel).json)
        case .mail(let recipients, let sender, let command):
            let mail = MailMessage(notice, of: channel, to: recipients, from: sender, host: host, at: now())
            try await run(command, Data(mail.text.utf8))
        }
    }

    private func run(_ command: [String], _ input: Data) async throws(DeliveryFailure) {
        guard let path = command.first else { throw DeliveryFailure("its command is empty", mayPass: false) }
        let program = Program(
            path, Array(command.dropFirst()), environment: environment, input: input, timeLimit: Self.timeLimit,
            outputLimit: 4096)
        let ending: Program.Ending
        do throws(ProgramFailure) {
            ending = try await program.run()
        } catch {
            throw DeliveryFailure(error.description, mayPass: error.mayPass)
        }
        guard !ending.hasRunOut else {
            throw DeliveryFailure("\(path) was not done after \(Self.timeLimit.components.seconds) s")
        }
        guard ending.status == 0, !ending.wasKilled else {
            let said = String(decoding: ending.error, as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
            let end = ending.wasKilled ? "was killed by signal \(ending.status)" : "ended with \(ending.status)"
            throw DeliveryFailure("\(path) \(end)\(said.isEmpty ? "" : ": \(String(said).forMessages)")")
        }
    }
}
