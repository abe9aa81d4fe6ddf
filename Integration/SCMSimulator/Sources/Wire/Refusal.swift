// SPDX-License-Identifier: Apache-2.0

/// SCM's no: a number, a sentence, and the HTTP status that they travel under.
struct Refusal: Error, Sendable, Equatable {
    var status = 400
    var code: Int
    var description: String

    init(_ code: Int, _ description: String, status: Int = 400) {
        self.status = status
        self.code = code
        self.description = description
    }

    var answer: Answer { .json(["code": .integer(code), "description": .string(description)], status: status) }
}

extension Refusal {
    static let unknownUser = Refusal(-16, "Unknown user", status: 401)
    static let wrongLogin = Refusal(-970, "Incorrect login data", status: 401)
    static let unknownCustomer = Refusal(-410, "Customer not found")
    static let unreadableBody = Refusal(-1002, "Cannot parse message body")
    static let notCollectable = Refusal(-183, "Certificate is not collectable.")
    static let beingProcessed = Refusal(0, "Being processed by Sectigo")
    static let requestBeingProcessed = Refusal(-1400, "The request is being processed")
    static let revoked = Refusal(-110, "The certificate has been revoked and cannot be downloaded")
    static let notAvailable = Refusal(-169, "The certificate is not available")
    static let unknownFormat = Refusal(-126, "Unknown certificate format")
    static let notIssued = Refusal(-130, "The certificate state is not ISSUED")
    static let onlyIssuedRevocable = Refusal(-102, "Only issued certificates can be revoked")
    static let alreadyRevoked = Refusal(-159, "The certificate is already revoked")
    static let wrongStateForApproval = Refusal(-1112, "The request cannot be approved in its current state")
    static let noRenewal = Refusal(-180, "The certificate profile does not allow renewal")
    static let notRenewable = Refusal(-105, "The certificate cannot be renewed in its current status")
    static let accessDenied = Refusal(-37, "Access denied")
    static let termNotOffered = Refusal(-36, "The term is not available for the certificate profile")
    static let unknownOrganization = Refusal(-1023, "Organization not found")
    static let organizationSwitchedOff = Refusal(-1021, "The operation is not possible for the organization")
    static let domainInactive = Refusal(-715, "The domain is inactive")
    static let notFound = Refusal(-5101, "Certificate not found", status: 404)
    static let noSuchPath = Refusal(-1, "HTTP 404 Not Found", status: 404)

    static func missing(_ field: String) -> Refusal { Refusal(-7, "Required field is missing: \(field)") }
    static func invalid(_ field: String) -> Refusal { Refusal(-1601, "Field has an invalid value: \(field)") }
    static func unauthorized(_ action: String) -> Refusal { Refusal(-3, "You are not authorized to \(action).") }
}
