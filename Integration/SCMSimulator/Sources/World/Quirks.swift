// SPDX-License-Identifier: Apache-2.0

/// Where sources on SCM disagree, or where servers differ: each is a knob, and its default is what most have seen.
struct Quirks: Codable, Sendable {
    enum PendingAnswer: String, Codable, Sendable {
        case codeZero, notCollectable, requestBeingProcessed, emptyOK
    }
    enum UnknownID: String, Codable, Sendable { case notFound, badRequest, wrongID }
    enum LoginRefusal: String, Codable, Sendable {
        case unknownUser, wrongLogin, customerNotFound, emptyBody, plainText
    }
    enum UnvalidatedDomain: String, Codable, Sendable { case missing, expired, waits }
    enum ListOrder: String, Codable, Sendable { case newestFirst, oldestFirst }
    enum NameMatching: String, Codable, Sendable { case contains, exact }
    enum DateForm: String, Codable, Sendable { case american, iso, isoTime }
    enum ErrorForm: String, Codable, Sendable { case json, plainText, empty }
    enum ReplacementCollect: String, Codable, Sendable { case predecessor, pending }
    enum Challenge: String, Codable, Sendable { case address, field, none }
    enum DomainForm: String, Codable, Sendable { case constants, readable }
    enum ReasonForm: String, Codable, Sendable { case number, word }

    /// What collecting answers before there is a certificate.
    var pendingAnswer = PendingAnswer.codeZero
    /// `Issued` is shown this long before the certificate can be collected.
    var collectLagSeconds = 0.0
    /// What collecting answers while a replacement is on its way.
    var replacementCollect = ReplacementCollect.predecessor
    /// How long a replaced certificate is `Applied` again.
    var replaceSeconds = 2.0
    /// The status of a replaced certificate once its successor, of the same id, is there.
    var statusAfterReplace = "Issued"
    var unknownID = UnknownID.notFound
    var expiredPassword = LoginRefusal.wrongLogin
    var wrongPassword = LoginRefusal.unknownUser
    var unknownCustomer = LoginRefusal.customerNotFound
    var unvalidatedDomain = UnvalidatedDomain.missing
    /// -111 or -39.
    var unknownProfileCode = -111
    /// How long what was ordered is missing from lists; its details are there at once.
    var listLagSeconds = 0.0
    var listOrder = ListOrder.newestFirst
    /// How the filters for names compare.
    var nameMatching = NameMatching.contains
    /// How many entries a list has that names no size.
    var defaultSize = 200
    var dates = DateForm.american
    var errors = ErrorForm.json
    var reasonCodeMandatory = false
    var reasonCodeForm = ReasonForm.number
    var emptyReplaceReasonAllowed = false
    /// A JSON string as the body of renewById is refused, as servers do since 2024.
    var strictRenewBody = true
    var renewalKeepsComments = false
    /// Adds `www.` to the common name of a certificate whose order names no others.
    var addWWW = false
    var departmentsInherit = true
    var crlf = false
    var finalNewline = true
    /// The root comes cross-signed by an older one, and that one, too.
    var crossSignedRoot = false
    var rootFirst = true
    /// `EC` or `RSA`; read at start.
    var authorityKey = "EC"
    /// Serial numbers without colons.
    var plainSerials = false
    /// Whether profiles come with `description` and `keyTypes`; older servers leave them out.
    var fullProfiles = true
    var noProfiles = false
    var domainForm = DomainForm.constants
    /// Only constants such as `REST` are taken in filters, no readable text.
    var strictFilters = false
    /// Every token that is issued, where a test has to know it; random ones otherwise.
    var token = ""
    var tokenSeconds = 300
    var tokenTellsExpiry = true
    var challenge = Challenge.address
}
