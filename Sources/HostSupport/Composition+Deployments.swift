// SPDX-License-Identifier: Apache-2.0

import Deployments
import LifecycleEngine
import LifecycleModel

extension Composition {
    /// Brings certificates to the targets of a configuration. Without any, it still lets go of what earlier ones had.
    static func deployments(
        _ targets: [DeploymentTarget], secrets: SecretReader
    ) throws(LifecycleError) -> HostDeployments {
        HostDeployments(targets: targets, transport: try plainTransport(secrets.environment)) {
            (source) throws(DeploymentFailure) in
            do throws(LifecycleError) {
                return try secrets.open(source, as: "password of the keystore")
            } catch {
                throw DeploymentFailure(error.message, mayPass: false)
            }
        }
    }
}
