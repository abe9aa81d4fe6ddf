// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import X509

extension Books {
    /// What the customer had before the simulator started: mostly issued, and some of everything else. The same at
    /// every start but for the keys, which many share.
    mutating func seed(_ count: Int) {
        guard count > 0 else { return }
        let keys = (0..<8).map { _ in Certificate.PublicKey(P256.Signing.PrivateKey().publicKey) }
        let profiles = world.profiles.filter {
            $0.organizations == nil && ($0.course?.end ?? Status.issued) == Status.issued
        }
        let organizations = world.organizations.filter { $0.apiEnabled ?? true }
        guard !profiles.isEmpty, !organizations.isEmpty else { return }
        ids.reserveCapacity(count)
        enrolments.reserveCapacity(count)
        for number in 0..<count {
            let profile = profiles[number % profiles.count]
            let organization = organizations[number % organizations.count]
            add(existing(number, profile, organization, keys[number % keys.count]))
        }
    }

    private mutating func existing(
        _ number: Int, _ profile: Profile, _ organization: Organization, _ key: Certificate.PublicKey
    ) -> Enrolment {
        let kind = number % 50
        let day = 86_400.0
        let name = "host-\(number).example.com"
        let term = profile.longestTerm
        let age = kind >= 40 && kind < 44 ? Double(term + 1 + number % 300) : Double(number % term)
        let requested = start.addingTimeInterval(-age * day - 3600)
        var enrolment = Enrolment(
            id: takeID(), renewID: chance.word(20), organization: organization.id, profile: profile.id, term: term,
            commonName: name, names: number % 3 == 0 ? [name, "www.\(name)"] : [name], publicKey: key,
            key: KeyDescription(algorithm: "EC", size: "P-256"), comments: number % 4 == 0 ? "host \(number)" : nil,
            requester: "Predecessor", requested: requested, course: .init(requestedSeconds: 60, appliedSeconds: 540))
        enrolment.requestedVia = number % 2 == 0 ? "Client Admin" : "Web API"
        if kind == 49 { return enrolment }
        if kind == 48 {
            enrolment.declined = requested.addingTimeInterval(600)
            return enrolment
        }
        enrolment.approved = requested.addingTimeInterval(300)
        enrolment.approver = "Predecessor"
        if kind == 47 { enrolment.course.end = Status.rejected }
        guard let issued = enrolment.issuing else { return enrolment }
        enrolment.issuances.append(issuance(of: enrolment, at: issued))
        switch kind {
        case 44: enrolment.hasCertificate = false
        case 45:
            enrolment.issuances[0].revoked = issued.addingTimeInterval(1200)
            enrolment.reasonCode = 4
        case 46:
            enrolment.replaced = issued.addingTimeInterval(1800)
            enrolment.issuances.append(issuance(of: enrolment, at: issued.addingTimeInterval(1801)))
            if number % 100 == 46 { enrolment.word = Status.replaced }
        case 39: enrolment.requestedVia = "Imported"
        case 38: enrolment.renewed = start.addingTimeInterval(-day)
        default: break
        }
        return enrolment
    }

    private mutating func issuance(of enrolment: Enrolment, at issued: Date) -> Issuance {
        Issuance(
            serial: chance.serial(), publicKey: enrolment.publicKey, key: enrolment.key,
            commonName: enrolment.commonName, names: enrolment.names, issued: issued,
            expires: issued.addingTimeInterval(Double(enrolment.term) * 86_400))
    }
}
