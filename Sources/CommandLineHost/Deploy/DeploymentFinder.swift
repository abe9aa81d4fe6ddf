// SPDX-License-Identifier: Apache-2.0

import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Finds deployments by what a person calls them.
struct DeploymentFinder {
    let repository: any LifecycleRepository

    init(_ composition: Composition) { repository = composition.repository }

    func all(_ query: DeploymentQuery) async throws(LifecycleError) -> [DeploymentRecord] {
        var query = query
        var records: [DeploymentRecord] = []
        repeat {
            let wanted = query
            let page = try await reading { () async throws(RepositoryError) in try await repository.deployments(wanted)
            }
            records += try page.whole("deployment")
            query.after = page.next
        } while query.after != nil
        return records
    }

    /// One by its id or the beginning of it; else all of a certificate, by its id or its name.
    func deployments(_ text: String) async throws(LifecycleError) -> [DeploymentRecord] {
        guard !text.hasPrefix("dep_") else { return [try await deployment(text.lowercased())] }
        var query = DeploymentQuery()
        query.managed = try await Finder(repository).certificate(text).managed
        let found = try await all(query)
        guard !found.isEmpty else {
            throw LifecycleError(.notFound, "no target takes \(text)", hint: "see: publicca deploy list")
        }
        return found
    }

    private func deployment(_ text: String) async throws(LifecycleError) -> DeploymentRecord {
        let exact = try await reading { () async throws(RepositoryError) in
            try await repository.deployment(DeploymentID(text))
        }
        if let exact { return exact }
        // Whatever begins so comes right after it.
        var query = DeploymentQuery()
        query.after = PageCursor(text)
        query.limit = 6
        let wanted = query
        let page = try await reading { () async throws(RepositoryError) in try await repository.deployments(wanted) }
        let found = try page.whole("deployment").filter { $0.id.rawValue.hasPrefix(text) }
        if found.count == 1, let record = found.first { return record }
        guard !found.isEmpty else {
            throw LifecycleError(.notFound, "there is no deployment \(text)", hint: "see: publicca deploy status")
        }
        throw Self.ambiguous(found, "\(text) may be any of", hint: "give more of the id")
    }

    /// What is served at a target under a name; the name may be left out where only one is.
    func deployment(at target: String, of name: String?) async throws(LifecycleError) -> DeploymentRecord {
        var query = DeploymentQuery()
        query.target = target
        let all = try await all(query)
        let normal = name.map { Finder.normalized($0) }
        let found = all.filter { record in
            guard let name, let normal else { return record.phase != .superseded }
            return record.commonName == normal ? record.phase != .superseded : record.id.rawValue == name
        }
        if found.count == 1, let record = found.first { return record }
        guard !found.isEmpty else {
            throw LifecycleError(
                .notFound, "nothing\(name.map { " of \($0)" } ?? "") is deployed at \(target)",
                hint: "see: publicca deploy status")
        }
        throw Self.ambiguous(found, "\(target) has", hint: "add --name CN")
    }

    private static func ambiguous(_ found: [DeploymentRecord], _ begin: String, hint: String) -> LifecycleError {
        let few = found.prefix(5).map { "\($0.id) \($0.commonName)" }.joined(separator: ", ")
        return LifecycleError(.badInput, "\(begin) \(few)\(found.count > 5 ? ", …" : "")", hint: hint)
    }
}
