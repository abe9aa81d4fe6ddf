// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleModel
import Programs
import PublicCA

extension HostDeployments {
    package func reload(_ target: DeploymentTarget, after change: DeploymentChange) async throws(DeploymentFailure) {
        guard let command = target.reload.first else { return }
        let program = Program(
            command, Array(target.reload.dropFirst()),
            environment: [
                "PATH": searchPath, "PUBLICCA_TARGET": change.target, "PUBLICCA_NAME": change.commonName,
                "PUBLICCA_PATH": try Place(target, change.commonName).path, "PUBLICCA_SHA256": change.sha256,
            ],
            folder: "/", timeLimit: target.timeLimit, outputLimit: 4096)
        let ending: Program.Ending
        do throws(ProgramFailure) {
            ending = try await program.run()
        } catch {
            throw DeploymentFailure("the reload command cannot be run: \(error)", mayPass: error.mayPass)
        }
        if let trouble = Self.trouble(ending, target) { throw DeploymentFailure("the reload command \(trouble)") }
    }

    /// How a command failed, with the beginning of what it said, in one line.
    private static func trouble(_ ending: Program.Ending, _ target: DeploymentTarget) -> String? {
        let how: String
        if ending.hasRunOut {
            how = "had not ended after \(target.timeLimit.components.seconds) seconds and was ended"
        } else if ending.wasKilled {
            how = "was killed by signal \(ending.status)"
        } else if ending.status != 0 {
            how = "ended with \(ending.status)"
        } else {
            return nil
        }
        let said = line(ending.error.isEmpty ? ending.output : ending.error)
        return said.isEmpty ? how : "\(how): \(said)"
    }

    private static func line(_ output: Data) -> String {
        let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).prefix(3)
        let visible = lines.joined(separator: "; ").unicodeScalars.filter { !$0.disturbsLine }
        let text = String(String.UnicodeScalarView(visible))
        return text.count > 300 ? "\(text.prefix(300))…" : text
    }
}
