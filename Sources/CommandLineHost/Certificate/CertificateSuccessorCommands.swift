// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct CertificateRenewCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew", abstract: "Order a successor, which the CA may charge.",
        usage: "publicca certificate renew <id> [options]",
        discussion: "Example: publicca certificate renew www.example.org --wait")

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @Flag(name: .long, help: "With a fresh key, as it is without this.") var newKey = false
    @Flag(name: .long, help: "With the key that it has.") var sameKey = false
    @OptionGroup var orderKey: OrderKeyOption
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        var problems = ProblemList()
        if newKey, sameKey { problems.add("--new-key and --same-key exclude each other", hint: "choose one") }
        orderKey.check(&problems)
        try problems.check()
        let composition = try await session.open()
        let certificate = try await Finder(composition.repository).certificate(id)
        var wish = SuccessorWish()
        wish.keepsKey = sameKey
        wish.callerKey = orderKey.orderKey
        try await session.catchUp(certificate.account, composition)
        await session.warn { () async throws(LifecycleError) in
            try await composition.engine.warnings(beforeRenewing: certificate.id, wish)
        }
        let order = try await composition.engine.renew(certificate.id, wish)
        return try await OrderOutcome(session: session, composition: composition)
            .follow(order.id, wait: waiting.wait)
    }
}

struct CertificateReissueCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "reissue", abstract: "New names or a new key under the same order.",
        usage: "publicca certificate reissue <id> --reason <text> [options]",
        discussion: "publicca certificate reissue www.example.org --san example.org --reason \"second name\"")

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @Option(parsing: .unconditional, help: ArgumentHelp("Why; the CA is told.", valueName: "text"))
    var reason = ""
    @Option(help: ArgumentHelp("Another common name.", valueName: "name")) var name: String?
    @Option(help: ArgumentHelp("One of the whole new set of names.", valueName: "name")) var san: [String] = []
    @Option(help: ArgumentHelp("Such as rsa-2048, ec-p256.", valueName: "key")) var key: String?
    @Option(help: ArgumentHelp("A CSR of your own instead.", valueName: "file")) var csr: String?
    @OptionGroup var keystore: KeystoreOptions
    @OptionGroup var orderKey: OrderKeyOption
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        var problems = ProblemList()
        if reason.isEmpty { problems.add("a reissue needs a reason", hint: "add --reason TEXT") }
        if key != nil, csr != nil { problems.add("with --csr the key is yours", hint: "leave out --key") }
        orderKey.check(&problems)
        let request = csr.flatMap { path in
            problems.collect { () throws(LifecycleError) in try session.file(path) }
        }
        let names = GivenNames.distinct(san, commonName: name, &problems)
        let (keystoreWish, isGenerated) = keystore.wish(session, &problems)
        try problems.check()
        let composition = try await session.open()
        let certificate = try await Finder(composition.repository).certificate(id)
        var wish = SuccessorWish()
        wish.reason = reason
        wish.commonName = name
        wish.names = san.isEmpty ? nil : names
        wish.keyAlgorithm = key.map { KeyAlgorithm($0.lowercased()) }
        wish.signingRequest = request
        wish.callerKey = orderKey.orderKey
        wish.keystore = keystoreWish
        try await session.catchUp(certificate.account, composition)
        await session.warn { () async throws(LifecycleError) in
            try await composition.engine.warnings(beforeReissuing: certificate.id, wish)
        }
        let began = Date()
        let order = try await composition.engine.reissue(certificate.id, wish)
        let shown = isGenerated && order.createdAt.timeIntervalSince(began) > -0.01 ? keystoreWish?.password : nil
        return try await OrderOutcome(session: session, composition: composition)
            .follow(order.id, wait: waiting.wait, generated: shown)
    }
}

extension Session {
    /// None where the wish is refused: the order says why, unless it was made before under its key.
    fileprivate func warn(of warnings: () async throws(LifecycleError) -> [String]) async {
        do throws(LifecycleError) {
            for warning in try await warnings() { output.warning(warning) }
        } catch {
            return
        }
    }
}
