// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The CA behind the simulator: a root, an intermediate that signs leaves, and an older root that vouches for the root.
struct CertificateAuthority: Sendable {
    let issuing: Issuer
    let intermediate: [UInt8]
    let root: [UInt8]
    /// The root's name and key under the older root.
    let crossSignedRoot: [UInt8]
    let olderRoot: [UInt8]
    static let vendor = "SCM Simulator CA"
    static let issuerText = "CN=SCM Simulator Issuing CA 1, O=SCM Simulator, C=GB"

    init(kind: String, now: Date) throws {
        let top = try Issuer(commonName: "SCM Simulator Root CA", kind: kind)
        let old = try Issuer(commonName: "SCM Simulator Older Root CA", kind: kind)
        issuing = try Issuer(commonName: "SCM Simulator Issuing CA 1", kind: kind)
        root = try top.vouch(for: top, pathLength: nil, days: 7300, now: now)
        olderRoot = try old.vouch(for: old, pathLength: nil, days: 3650, now: now)
        crossSignedRoot = try old.vouch(for: top, pathLength: nil, days: 3650, now: now)
        intermediate = try top.vouch(for: issuing, pathLength: 0, days: 3650, now: now)
    }

    /// What stands above a leaf, from its issuer up.
    func chain(crossSigned: Bool) -> [[UInt8]] {
        crossSigned ? [intermediate, crossSignedRoot, olderRoot] : [intermediate, root]
    }
}
