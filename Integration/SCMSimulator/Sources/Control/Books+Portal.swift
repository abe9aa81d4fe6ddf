// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import X509

/// What happens in SCM without the API's doing.
extension Books {
    /// Somebody orders in the portal; issued at once.
    @discardableResult
    mutating func orderFromPortal(_ name: String? = nil) -> Int {
        let id = takeID()
        let name = name ?? "portal-\(id).example.com"
        var enrolment = Enrolment(
            id: id, renewID: chance.word(20), organization: world.organizations.first?.id ?? 0,
            profile: world.profiles.first?.id ?? 0, term: world.profiles.first?.longestTerm ?? 1, commonName: name,
            names: [name], publicKey: .init(P256.Signing.PrivateKey().publicKey),
            key: KeyDescription(algorithm: "EC", size: "P-256"), requester: "Portal", requested: now, course: .init())
        enrolment.requestedVia = "Client Admin"
        enrolment.approved = now
        add(enrolment)
        plan(id)
        return id
    }

    /// Somebody renews in the portal, with the key that there was.
    mutating func renewFromPortal(_ old: Enrolment) -> Int {
        var enrolment = Enrolment(
            id: takeID(), renewID: chance.word(20), organization: old.organization, profile: old.profile,
            term: old.term, commonName: old.commonName, names: old.names, csr: old.csr, publicKey: old.publicKey,
            key: old.key, requester: "Portal", requested: now, course: .init())
        enrolment.requestedVia = "Client Admin"
        enrolment.approved = now
        enrolments[old.id]?.renewed = now
        add(enrolment)
        plan(enrolment.id)
        return enrolment.id
    }

    /// The CA is done at once, whatever the order waited for.
    mutating func issueNow(_ id: Int) {
        guard var enrolment = enrolments[id] else { return }
        (enrolment.word, enrolment.declined, enrolment.waitsForDomain) = (nil, nil, false)
        (enrolment.approved, enrolment.course) = (enrolment.approved ?? now, .init())
        for index in enrolment.issuances.indices where enrolment.issuances[index].issued > now {
            enrolment.issuances[index].issued = now
            enrolment.issuances[index].der = nil
        }
        if enrolment.issuances.isEmpty { enrolment.approved = now }
        enrolments[id] = enrolment
        plan(id)
    }

    /// Changes lists of the world, entry by entry: one with a known id is changed, another is added.
    mutating func change(_ changes: JSON) throws {
        guard case .object(let lists) = changes, case .object(var fields) = try JSON(encoding: world) else { return }
        for (name, change) in lists {
            guard let old = fields[name] else { throw UnknownSetting(path: "world.\(name)") }
            guard var entries = old.elements, let changed = change.elements else {
                fields[name] = change
                continue
            }
            for entry in changed {
                if let index = entries.firstIndex(where: { $0["id"]?.whole == entry["id"]?.whole }) {
                    entries[index] = entries[index].merged(with: entry)
                } else {
                    entries.append(entry)
                }
            }
            fields[name] = .array(entries)
        }
        world = try JSON.object(fields).decoded(as: World.self)
        for id in ids { resume(id) }
    }

    /// Lets an order go on whose domains are validated by now.
    private mutating func resume(_ id: Int) {
        guard let enrolment = enrolments[id], enrolment.waitsForDomain,
            let organization = world.organizations.first(where: { $0.id == enrolment.organization }),
            // What is refused now goes on waiting.
            (try? checkDomains(enrolment.names, for: organization)) == false
        else { return }
        enrolments[id]?.waitsForDomain = false
        // The CA's time begins when nothing is missing any more.
        if enrolment.approved != nil { enrolments[id]?.approved = now }
        plan(id)
    }
}
