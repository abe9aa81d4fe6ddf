// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Books {
    /// The enrolments that the query's filters leave, in the order of lists.
    func search(_ visit: Visit) throws(Refusal) -> [Int] {
        let filters = try filters(visit)
        let everything = visit.person.isMaster && filters.isEmpty && quirks.listLagSeconds == 0
        let seen = Set(visible(visit.person).map(\.id))
        let newest = now.addingTimeInterval(-quirks.listLagSeconds)
        let found =
            everything
            ? ids
            : ids.filter { id in
                guard let enrolment = enrolments[id], enrolment.requested <= newest,
                    seen.contains(enrolment.organization)
                else { return false }
                return filters.allSatisfy { $0(enrolment) }
            }
        return quirks.listOrder == .newestFirst ? found.reversed() : found
    }

    /// One page. More than two hundred entries are an error, not a shorter page.
    func page<Element>(_ found: [Element], _ visit: Visit) throws(Refusal) -> ArraySlice<Element> {
        let size = try visit.number("size") ?? quirks.defaultSize
        guard size <= 200 else { throw .invalid("size") }
        let position = try visit.number("position") ?? 0
        return found.dropFirst(position).prefix(size)
    }

    /// All that a list tells of a certificate: no status, no expiry.
    func item(_ id: Int) -> JSON {
        guard let enrolment = enrolments[id] else { return .null }
        let current = enrolment.current(at: now)
        let names: JSON? = enrolment.names.count > 1 ? .array(enrolment.names.map { .string($0) }) : nil
        return .fields([
            "sslId": .integer(id), "commonName": .string(enrolment.commonName), "subjectAlternativeNames": names,
            "serialNumber": current.map { .string($0.serialText(quirks)) },
        ])
    }

    private typealias Filter = (Enrolment) -> Bool

    private func filters(_ visit: Visit) throws(Refusal) -> [Filter] {
        let call = visit.call
        var filters: [Filter] = []
        if let id = try visit.number("orgId") { filters.append { $0.organization == id } }
        if let id = try visit.number("sslTypeId") { filters.append { $0.profile == id } }
        if let name = call.parameter("commonName") { filters.append { self.matches($0.commonName, name) } }
        if let name = call.parameter("subjectAlternativeName") {
            filters.append { enrolment in enrolment.names.contains { self.matches($0, name) } }
        }
        if let text = call.parameter("serialNumber") {
            let id = idsBySerial[Hexadecimal.plain(text)]
            filters.append { $0.id == id && $0.current(at: self.now)?.plainSerial == Hexadecimal.plain(text) }
        }
        if let text = call.parameter("requester") { filters.append { self.matches($0.requester, text) } }
        if let text = call.parameter("externalRequester") {
            filters.append { self.matches($0.externalRequester ?? "", text) }
        }
        if let text = call.parameter("vendor") {
            filters.append { _ in self.matches(CertificateAuthority.vendor, text) }
        }
        if let text = call.parameter("issuer") {
            filters.append { _ in self.matches(CertificateAuthority.issuerText, text) }
        }
        if let text = call.parameter("keyAlgorithm") { filters.append { self.matches($0.key.algorithm, text) } }
        for name in ["keyParam", "keySize"] {
            if let text = call.parameter(name) { filters.append { $0.key.size == text } }
        }
        filters += certificateFilters(call)
        filters += try vocabularyFilters(call)
        return filters
    }

    /// What only an issued certificate has. Nobody can know the hash of one that was never shown, and such a one is not
    /// signed yet.
    private func certificateFilters(_ call: Call) -> [Filter] {
        var filters: [Filter] = []
        let hashes = [
            ("md5Hash", Fingerprint.md5), ("sha1Hash", Fingerprint.sha1), ("sha256Hash", Fingerprint.sha256),
        ]
        for (name, hash) in hashes {
            guard let text = call.parameter(name) else { continue }
            filters.append { enrolment in
                guard let der = enrolment.current(at: self.now)?.der else { return false }
                return Hexadecimal.plain(hash(der)) == Hexadecimal.plain(text)
            }
        }
        let contents: [(String, (Issuance) -> [String])] = [
            ("signatureAlgorithm", { _ in [self.signatureAlgorithm] }), ("keyUsage", { $0.keyUsages }),
            ("extendedKeyUsage", { _ in Issuance.extendedKeyUsages }),
        ]
        for (name, words) in contents {
            guard let text = call.parameter(name) else { continue }
            filters.append { enrolment in
                guard let current = enrolment.current(at: self.now) else { return false }
                return words(current).contains { self.matches($0, text) }
            }
        }
        return filters
    }

    private func vocabularyFilters(_ call: Call) throws(Refusal) -> [Filter] {
        var filters: [Filter] = []
        for vocabulary in [Vocabulary.status, .installStatus, .renewalStatus, .requestedVia] {
            guard let word = call.parameter(vocabulary.parameter) else { continue }
            guard let text = vocabulary.text(word, strict: quirks.strictFilters) else {
                throw .invalid(vocabulary.parameter)
            }
            // There are a dozen words and many thousand enrolments: each word is looked at once.
            var verdicts: [String: Bool] = [:]
            filters.append { enrolment in
                let own = self.word(of: enrolment, in: vocabulary)
                if let verdict = verdicts[own] { return verdict }
                let verdict = vocabulary.text(own, strict: false) == text
                verdicts[own] = verdict
                return verdict
            }
        }
        return filters
    }

    private func word(of enrolment: Enrolment, in vocabulary: Vocabulary) -> String {
        switch vocabulary.parameter {
        case "status": status(enrolment)
        case "installStatus": "Not configured"
        case "renewalStatus": "Not scheduled"
        default: enrolment.requestedVia
        }
    }

    func matches(_ text: String, _ wanted: String) -> Bool {
        let (text, wanted) = (text.lowercased(), wanted.lowercased())
        return quirks.nameMatching == .exact ? text == wanted : text.contains(wanted)
    }
}
