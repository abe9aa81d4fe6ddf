// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// What an order cannot do without: asked for at a terminal, with the choices listed, and an error elsewhere.
struct OrderQuestions {
    let session: Session
    let composition: Composition

    func complete(
        account: String?, profile: String?, name: String?, request: Data?, fields: inout [String: String]
    ) async throws(LifecycleError) -> (account: String, profile: String, name: String) {
        var name = name
        if name == nil, let request { name = try Self.commonName(of: request) }
        guard Terminal.isInput, Terminal.isError, !session.output.isJSON else {
            if let account, let profile, let name { return (account, profile, name) }
            let wanted = [("--account", account), ("--profile", profile), ("--name", name)]
            let missing = wanted.filter { $0.1 == nil }.map(\.0)
            throw LifecycleError(
                .badInput, "\(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") missing",
                hint: "see: publicca order create --help")
        }
        let chosen = if let account { account } else { try await askAccount() }
        let profiles = try await composition.catalog(.profiles, of: chosen).compactMap(\.profile)
        let product = if let profile { profile } else { try choose("profile", among: profiles.map(\.name)) }
        let common = if let name { name } else { try answer("common name, such as www.example.org") }
        if let described = profiles.first(where: { $0.id.rawValue == product || $0.name == product }) {
            for field in described.fields where field.isRequired && fields[field.name] == nil {
                fields[field.name] =
                    try field.choices.isEmpty ? answer(field.name) : choose(field.name, among: field.choices)
            }
        }
        return (chosen, product, common)
    }

    /// What a CSR is for, where nobody says it in words.
    private static func commonName(of bytes: Data) throws(LifecycleError) -> String? {
        do throws(MaterialError) {
            let reader = X509Reader()
            let facts = try reader.facts(of: reader.signingRequest(bytes))
            return facts.commonName ?? facts.alternativeNames.first?.text
        } catch {
            throw LifecycleError(.badInput, error.description, hint: "give a PKCS#10 request in PEM or DER")
        }
    }

    private func askAccount() async throws(LifecycleError) -> String {
        let repository = composition.repository
        let names = try await reading { () async throws(RepositoryError) in
            try await repository.accounts().map(\.name)
        }
        guard !names.isEmpty else {
            throw LifecycleError(
                .badInput, "there is no account yet", hint: "publicca account add demo --provider mock")
        }
        return names.count == 1 ? names[0] : try choose("account", among: names)
    }

    private func choose(_ what: String, among choices: [String]) throws(LifecycleError) -> String {
        let list = choices.enumerated().map { "  \($0 + 1)  \($1)" }.joined(separator: "\n")
        let text = try answer("\(list)\n\(what), by number or name")
        guard let number = Int(text), choices.indices.contains(number - 1), !choices.contains(text) else { return text }
        return choices[number - 1]
    }

    private func answer(_ question: String) throws(LifecycleError) -> String {
        guard let text = Terminal.ask("\(question): "), !text.isEmpty else {
            throw LifecycleError(.badInput, "no answer, so nothing was ordered")
        }
        return text
    }
}
