// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension RequestCheck {
    func organizationProblems(_ details: OrderDetails) -> [RequestProblem] {
        guard let organizations, let wanted = details.organization else { return [] }
        guard let organization = organizations.first(where: { $0.id == wanted }) else {
            return [organizationMismatch("organization \(wanted) is not known", "see: publicca catalog organizations")]
        }
        guard let allowed = profile.organizations, !allowed.contains(wanted) else {
            return closedOrganizationProblems(details)
        }
        return closedOrganizationProblems(details) + [
            mismatch(
                "\(profile.title) is not offered to organization \"\(organization.name)\"",
                hint: "choose another profile")
        ]
    }

    func closedOrganizationProblems(_ details: OrderDetails) -> [RequestProblem] {
        guard let organization = organizations?.first(where: { $0.id == details.organization }),
            let reason = organization.orderingProblem
        else { return [] }
        return [
            organizationMismatch(
                "nothing can be ordered for organization \"\(organization.name)\": \(reason)",
                "have that changed at the CA, then account sync")
        ]
    }

    private func organizationMismatch(_ message: String, _ hint: String) -> RequestProblem {
        RequestProblem(message, hint: organizationsAge?.hint(hint) ?? hint)
    }

    /// Not every certificate names an organization, so that one that is not validated refuses nothing. A department is
    /// validated with the organization above it.
    func organizationWarnings(_ details: OrderDetails) -> [String] {
        guard let organizations, let named = organizations.first(where: { $0.id == details.organization }) else {
            return []
        }
        let parent = organizations.first { $0.id == named.parent }
        guard let judged = [named, parent].compactMap({ $0 }).first(where: { $0.isValidated != nil }) else { return [] }
        guard judged.isValidated == true else {
            let word = judged.validationStatus.map { " (\($0))" } ?? ""
            return [
                "organization \"\(judged.name)\" is not validated\(word): a certificate that names it may have to wait"
            ]
        }
        guard let end = judged.validationExpiresAt, let now = organizationsAge?.now,
            end < now.advanced(by: DomainCheck.issuance)
        else { return [] }
        return [
            "the validation of organization \"\(judged.name)\" ends on \(end.day): the order may wait for a new one"
        ]
    }
}
