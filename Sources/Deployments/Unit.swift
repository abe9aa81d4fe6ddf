// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleModel
import PublicCA

/// What is served together: the files of one version.
struct Unit {
    struct File {
        var name: String
        var contents: Data
        var mode: UInt16
    }

    let sha256: String
    private(set) var files: [File] = []
    /// All that the files are made from, and what they are made as: a keystore never comes out with the same bytes twice, so
    /// that these say nothing of it. Since the key is part of it, nobody can guess a password by its digest.
    private let origin: [Data]

    /// Throws when the key is not the certificate's, or when the password will not do.
    init(
        _ certificate: DeployableCertificate, for target: DeploymentTarget, at place: Place, password: Secret?
    ) throws(DeploymentFailure) {
        sha256 = certificate.sha256
        let (mode, keyMode) = (target.mode, target.mode & 0o770)
        let everything = try Self.keystore(.pem, of: certificate, password: nil)
        origin = [
            everything, Data((password?.reveal { $0 } ?? "").utf8),
            Data("\(target.place.form) \(mode) \(target.owner ?? "") \(target.group ?? "")".utf8),
            Data(certificate.commonName.utf8),
        ]
        switch target.place {
        case .folder:
            let blocks = certificate.chain.certificates.map { Data(PEMText.text("CERTIFICATE", $0).utf8) }
            files = [
                File(name: "certificate.pem", contents: blocks[0], mode: mode),
                File(name: "chain.pem", contents: Data(blocks.dropFirst().joined()), mode: mode),
                File(name: "fullchain.pem", contents: Data(blocks.joined()), mode: mode),
                File(
                    name: "key.pem", contents: PEMText.key(certificate.key.der),
                    mode: keyMode),
            ]
        case .keystore(_, .pem, _): files = [File(name: place.name, contents: everything, mode: keyMode)]
        case .keystore(_, let format, _):
            let contents = try Self.keystore(format, of: certificate, password: password)
            files = [File(name: place.name, contents: contents, mode: mode)]
        }
    }

    /// The digest of what the files are made from and of what they hold. Another one means that they are others, or were
    /// made from something else.
    func seal(_ contents: [Data]) -> String {
        Fingerprint.sha256(Data((origin + contents).map { Fingerprint.sha256($0) }.joined().utf8))
    }

    private static func keystore(
        _ format: KeystoreFormat, of certificate: DeployableCertificate, password: Secret?
    ) throws(DeploymentFailure) -> Data {
        do throws(MaterialError) {
            return try Keystore.write(
                format, key: certificate.key, chain: certificate.chain, password: password,
                alias: certificate.commonName)
        } catch {
            throw DeploymentFailure("\(certificate.commonName): \(error.description)", mayPass: false)
        }
    }
}

extension DeploymentTarget.Place {
    /// What kind of files it has.
    fileprivate var form: String {
        switch self {
        case .folder: "folder"
        case .keystore(_, let format, _): format.rawValue
        }
    }
}
