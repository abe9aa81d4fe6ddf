// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

extension DeploymentTarget {
    /// Whether both may write to one path: the same one, or one that the names of the other's certificates lead to.
    func sharesPath(with other: DeploymentTarget) -> Bool {
        if !place.path.contains(Self.name), !other.place.path.contains(Self.name) {
            return place.path == other.place.path
        }
        return spelledOut.contains(other.place.path) || other.spelledOut.contains(place.path)
    }

    /// Whether one of both may lie in what the other writes: in its folder, or in the versions beside it.
    func isNested(with other: DeploymentTarget) -> Bool {
        paths.contains { path in other.paths.contains { path.isInside($0) || $0.isInside(path) } }
    }

    /// The path for each certificate that is named in full.
    private var spelledOut: [String] {
        guard place.path.contains(Self.name) else { return [] }
        return certificates.filter(\.isLiteral).map { place.path.replacing(Self.name, with: $0.text) }
    }

    /// The paths for all certificates. The patterns of their names remain in them.
    private var paths: [WrittenPath] {
        certificates.map { WrittenPath(place.path.replacing(Self.name, with: $0.text)) }
    }

    private static let name = "{name}"
}

/// The path of a target, which may have patterns in it.
private struct WrittenPath {
    private let parts: [String]

    init(_ path: String) { parts = path.split(separator: "/").map(String.init) }

    func isInside(_ other: WrittenPath) -> Bool {
        guard parts.count >= other.parts.count, let last = other.parts.last else { return false }
        let end = other.parts.count - 1
        guard zip(parts[..<end], other.parts[..<end]).allSatisfy({ Self.mayBe($0, $1) }) else { return false }
        return parts.count > other.parts.count && Self.mayBe(parts[end], last)
            || Self.covers("\(last).versions", parts[end])
    }

    /// Whether two parts may be one name. Patterns that merely overlap are taken for different ones.
    private static func mayBe(_ one: String, _ other: String) -> Bool { covers(one, other) || covers(other, one) }

    /// A pattern stands for names of certificates, and those have a dot.
    private static func covers(_ pattern: String, _ part: String) -> Bool {
        pattern == part || pattern.contains("*") && part.contains(".") && NamePattern(pattern).matches(part)
    }
}
