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
        // The address is not repeated in failures: whoever knows it may often call it.
        guard let address = WebAddress(webhook) else {
            throw DeploymentFailure("the webhook's address is none of HTTP, or holds a password", mayPass: false)
        }
        let request = address.request(.post, [.contentType: "application/json", .userAgent: "publicca"])
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
        throw DeploymentFailure("the webhook answered \(status.code)", mayPass: status.mayPass)
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
