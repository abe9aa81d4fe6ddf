// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
package import LifecycleModel
import PublicCA

extension HostDeployments {
    package func announce(_ change: DeploymentChange, to target: DeploymentTarget) async throws(DeploymentFailure) {
        guard let webhook = target.webhook else { return }
        var change = change
        change.path = try Place(target, change.commonName).path
        let request = try Self.post(to: webhook)
        let body = try Self.json(change)
        let reply: HTTPReply
        do throws(TransportError) {
            reply = try await transport.send(request, body: body)
        } catch {
            switch error {
            case .notSent(let reason): throw DeploymentFailure("the webhook was not reached: \(reason)")
            case .interrupted(let reason): throw DeploymentFailure("the webhook gave no whole answer: \(reason)")
            }
        }
        let status = reply.response.status
        guard status.kind != .successful else { return }
        let mayPass = status.kind == .serverError || [408, 429].contains(status.code)
        throw DeploymentFailure("the webhook answered \(status.code)", mayPass: mayPass)
    }

    /// The address is not repeated in failures: whoever knows it may often call it.
    private static func post(to address: String) throws(DeploymentFailure) -> HTTPRequest {
        guard let parts = URLComponents(string: address), ["http", "https"].contains(parts.scheme),
            let host = parts.percentEncodedHost, !host.isEmpty, parts.user == nil, parts.password == nil
        else {
            throw DeploymentFailure("the webhook's address is none of HTTP, or holds a password", mayPass: false)
        }
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        return HTTPRequest(
            method: .post, scheme: parts.scheme, authority: host + (parts.port.map { ":\($0)" } ?? ""),
            path: path + (parts.percentEncodedQuery.map { "?\($0)" } ?? ""),
            headerFields: [.contentType: "application/json", .userAgent: "publicca"])
    }

    private static func json(_ change: DeploymentChange) throws(DeploymentFailure) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(change)
        } catch {
            throw DeploymentFailure("the change cannot be told: \(error)", mayPass: false)
        }
    }
}
