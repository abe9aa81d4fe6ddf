// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// Whether what a CA issued is what was ordered. Nothing that fails here is ever delivered.
public enum IssuanceCheck {
    /// Everything that is wrong with a leaf; empty when it may be used.
    ///
    /// Names beyond those ordered are no fault: some CAs add `www.` by themselves.
    ///
    /// - Parameters:
    ///   - publicKey: the key of our CSR; `nil` when there was none of ours.
    ///   - names: what was ordered; empty when it is not known.
    public static func problems(
        with leaf: CertificateFacts, publicKey: PublicKeyDigest?, names: [SubjectAlternativeName], at now: Date
    ) -> [String] {
        var problems: [String] = []
        if let publicKey, leaf.publicKey != publicKey {
            problems.append("it is for another key")
        }
        let missing = Set(names).subtracting(leaf.alternativeNames).map(\.text).sorted()
        if !missing.isEmpty {
            problems.append("it lacks \(missing.joined(separator: ", "))")
        }
        if leaf.notAfter <= now {
            problems.append("it has expired already")
        } else if leaf.notBefore > now.advanced(by: .hours(24)) {
            problems.append("it is not valid yet")
        }
        return problems
    }
}
