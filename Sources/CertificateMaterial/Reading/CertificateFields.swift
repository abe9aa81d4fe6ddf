// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import SwiftASN1
import X509

/// The fields of a certificate (RFC 5280 §4.1), read without judging its key or signature.
///
/// X509's own `Certificate` refuses keys that it cannot use; what a CA or a trust store holds must be read all the same.
struct CertificateFields {
    let der: Data
    /// Without leading zero octets.
    let serialNumber: ArraySlice<UInt8>
    let issuer: DistinguishedName
    let subject: DistinguishedName
    let notBefore: Date
    let notAfter: Date
    let publicKey: SubjectPublicKey
    let extensions: Certificate.Extensions

    init(_ der: Data) throws(MaterialError) {
        self = try MaterialError.attempt("this is not an X.509 certificate, or it is damaged") {
            try Self(parsing: der)
        }
    }

    private init(parsing der: Data) throws {
        self.der = der
        let fields = try DER.sequence(DER.parse(Array(der)), identifier: .sequence) { outer in
            guard let signed = outer.next() else { throw MaterialError("the certificate is empty") }
            // The signature is OpenSSL's to read.
            while outer.next() != nil {}
            return signed
        }
        guard case .constructed(let nodes) = fields.content, fields.identifier == .sequence else {
            throw MaterialError("the certificate has no fields")
        }
        var rest = nodes.makeIterator()
        _ = try DER.optionalExplicitlyTagged(&rest, tagNumber: 0, tagClass: .contextSpecific) { $0 }
        self.serialNumber = try Self.serialNumber(rest.next())
        _ = rest.next()
        self.issuer = try DistinguishedName(next: &rest)
        (self.notBefore, self.notAfter) = try Self.validity(&rest)
        self.subject = try DistinguishedName(next: &rest)
        guard let key = rest.next() else { throw MaterialError("the certificate has no public key") }
        self.publicKey = try SubjectPublicKey(key)
        self.extensions = try Self.extensions(&rest)
    }

    /// Old CAs wrote more leading zeros than DER allows.
    private static func serialNumber(_ node: ASN1Node?) throws -> ArraySlice<UInt8> {
        guard let node, node.identifier == .integer, case .primitive(let bytes) = node.content else {
            throw MaterialError("the certificate has no serial number")
        }
        return bytes.drop { $0 == 0 }
    }

    private static func validity(_ nodes: inout ASN1NodeCollection.Iterator) throws -> (Date, Date) {
        guard let node = nodes.next() else { throw MaterialError("the certificate has no validity") }
        return try DER.sequence(node, identifier: .sequence) { (try date($0.next()), try date($0.next())) }
    }

    private static func date(_ node: ASN1Node?) throws -> Date {
        guard let node else { throw MaterialError("the certificate's validity is incomplete") }
        if node.identifier == .utcTime {
            let time = try UTCTime(derEncoded: node)
            return try date(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
        }
        let time = try GeneralizedTime(derEncoded: node)
        return try date(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    }

    private static func date(
        _ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int
    ) throws -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = DateComponents(
            year: year, month: month, day: day, hour: hours, minute: minutes, second: seconds)
        guard let date = calendar.date(from: parts) else { throw MaterialError("the certificate's dates are none") }
        return date
    }

    /// Skips the unique identifiers that nobody uses, then takes what is tagged 3.
    private static func extensions(_ nodes: inout ASN1NodeCollection.Iterator) throws -> Certificate.Extensions {
        let tag = ASN1Identifier(tagWithNumber: 3, tagClass: .contextSpecific)
        while let node = nodes.next() {
            guard node.identifier == tag, case .constructed(let content) = node.content else { continue }
            for list in content { return try ExtensionList.read(list) }
        }
        return Certificate.Extensions()
    }
}
