// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import SwiftASN1

/// Certificates in a PKCS#7 SignedData that signs nothing (RFC 2315 §9, RFC 5652 §5): how many CAs hand out chains.
enum PKCS7Bag {
    private static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 7, 2]
    fileprivate static let plainData: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 7, 1]
    private static let tag = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)

    /// Whether the bytes begin as PKCS#7 does; a certificate does not.
    static func isFound(in bytes: Data) -> Bool {
        do { return try content(of: bytes) != nil } catch { return false }
    }

    /// In the order in which they are written, which means nothing. Takes BER, since some CAs write it.
    static func certificates(in bytes: Data) throws(MaterialError) -> [Data] {
        try MaterialError.attempt("this is not PKCS#7 with certificates, or it is damaged") {
            guard let content = try content(of: bytes), case .constructed(let fields) = content.content else {
                throw MaterialError("this is PKCS#7, but not of the kind that holds certificates")
            }
            return fields.filter { $0.identifier == tag }.flatMap { node -> [Data] in
                guard case .constructed(let certificates) = node.content else { return [] }
                return certificates.filter { $0.identifier == .sequence }.map { Data($0.encodedBytes) }
            }
        }
    }

    /// The SignedData in a ContentInfo; `nil` where the content is of another type.
    private static func content(of bytes: Data) throws -> ASN1Node? {
        try BER.sequence(BER.parse(Array(bytes)), identifier: .sequence) { fields in
            let type = try ASN1ObjectIdentifier(berEncoded: &fields)
            let content = fields.next()
            guard type == signedData, case .constructed(let nodes)? = content?.content else { return nil }
            return nodes.first { _ in true }
        }
    }

    /// The certificates in the order given: readers that show them keep it.
    static func write(_ certificates: [Data]) throws(MaterialError) -> Data {
        try MaterialError.attempt("the certificates cannot be written as PKCS#7") {
            var writer = DER.Serializer()
            try writer.appendConstructedNode(identifier: .sequence) { info in
                try info.serialize(signedData)
                try info.appendConstructedNode(identifier: tag) { try $0.appendSignedData(certificates) }
            }
            return Data(writer.serializedBytes)
        }
    }
}

extension DER.Serializer {
    fileprivate mutating func appendSignedData(_ certificates: [Data]) throws {
        try appendConstructedNode(identifier: .sequence) { signed in
            try signed.serialize(1)
            signed.appendConstructedNode(identifier: .set) { _ in }
            try signed.appendConstructedNode(identifier: .sequence) { try $0.serialize(PKCS7Bag.plainData) }
            let tag = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
            signed.appendConstructedNode(identifier: tag) { bag in
                for certificate in certificates { bag.serializeRawBytes(certificate) }
            }
            signed.appendConstructedNode(identifier: .set) { _ in }
        }
    }
}
