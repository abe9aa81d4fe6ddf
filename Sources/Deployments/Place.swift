// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// Where the certificates of one common name lie at a target.
struct Place {
    /// What servers are told: a symbolic link to a version.
    let path: String
    /// The folder that it lies in, and what it is called there.
    let folder: String
    let name: String
    /// Whether servers are given one file, and not a folder.
    let isFile: Bool

    init(_ target: DeploymentTarget, _ commonName: String) throws(DeploymentFailure) {
        guard !target.place.path.contains("{name}") || Self.isName(commonName) else {
            throw DeploymentFailure(
                "target \(target.name): its path has {name} in it, and this common name cannot be part of a path",
                mayPass: false)
        }
        var path = target.path(for: commonName)
        while path.hasSuffix("/") { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else {
            throw DeploymentFailure("target \(target.name): \(target.place.path) is no absolute path", mayPass: false)
        }
        self.path = path
        folder = slash == path.startIndex ? "/" : String(path[..<slash])
        name = String(path[path.index(after: slash)...])
        if case .keystore = target.place { isFile = true } else { isFile = false }
    }

    /// Whether a text stays within a folder as the name of something in it.
    private static func isName(_ text: String) -> Bool {
        !["", ".", ".."].contains(text)
            && !text.unicodeScalars.contains { $0 == "/" || $0.properties.generalCategory == .control }
    }

    /// The folder of the versions: beside the link, since only there it is surely on the same file system.
    var versions: String { "\(path).versions" }

    /// What is written in the link, as seen from its folder: both can be moved, or mounted elsewhere.
    func link(to version: String) -> String { "\(name).versions/\(version)" + (isFile ? "/\(name)" : "") }

    /// The version that a link leads to; `nil` for a link that is not ours.
    func version(of link: String) -> String? {
        let parts = link.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1, link == self.link(to: String(parts[1])) else { return nil }
        return String(parts[1])
    }
}
