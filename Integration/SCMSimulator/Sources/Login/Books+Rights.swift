// SPDX-License-Identifier: Apache-2.0

extension Books {
    /// The organizations and departments that somebody may see for SSL; a registrar of an organization sees its
    /// departments, too.
    func visible(_ person: Administrator) -> [Organization] {
        if person.isMaster { return world.organizations }
        let own = Set(person.credentials.filter { $0.role.hasSuffix("_SSL") }.compactMap(\.organization))
        return world.organizations.filter { own.contains($0.id) || ($0.parent.map { own.contains($0) } ?? false) }
    }

    func mayUse(_ organization: Int, _ person: Administrator) -> Bool {
        person.isMaster || visible(person).contains { $0.id == organization }
    }

    /// An administrator who names no privileges has them all.
    func demand(_ privilege: String, _ action: String, of person: Administrator) throws(Refusal) {
        guard person.privileges?.contains(privilege) ?? true else { throw .unauthorized(action) }
    }

    /// An enrolment that exists and that this administrator may touch.
    func enrolment(_ id: Int, for person: Administrator) throws(Refusal) -> Enrolment {
        let found = try enrolment(id)
        guard mayUse(found.organization, person) else { throw .accessDenied }
        return found
    }

    func organization(_ id: Int, for person: Administrator) throws(Refusal) -> Organization {
        guard let found = world.organizations.first(where: { $0.id == id }), mayUse(id, person) else {
            throw .unknownOrganization
        }
        return found
    }
}
