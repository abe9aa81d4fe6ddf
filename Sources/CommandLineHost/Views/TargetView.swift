// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel

/// A target as it is configured. A webhook's address may hold a secret: only that there is one is shown.
struct TargetView: Sendable {
    let target: DeploymentTarget
    let records: [DeploymentRecord]

    private var format: KeystoreFormat {
        switch target.place {
        case .folder: .pem
        case .keystore(_, let format, _): format
        }
    }

    private var endpoint: String? { target.endpoint.map { "\($0.host):\($0.port)" } }
    private var troubled: Int { records.count { $0.isTroubled } }

    var json: JSONDocument {
        .object([
            "name": .text(target.name), "certificates": .texts(target.certificates.map(\.text)),
            "path": .text(target.place.path), "format": .text(format.rawValue), "owner": .optional(target.owner),
            "group": .optional(target.group), "mode": .text(mode), "keep": .number(target.keptVersions),
            "reload": .texts(target.reload), "timeLimit": .number(Int(target.timeLimit.components.seconds)),
            "webhook": .truth(target.webhook != nil), "verify": .optional(endpoint),
            "verifyName": .optional(target.endpoint?.serverName), "deployments": .number(records.count),
            "troubled": .number(troubled),
        ])
    }

    private var mode: String {
        let digits = String(target.mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    static func table(_ views: [TargetView]) -> Table {
        var table = Table("TARGET", "CERTIFICATES", "PATH", "FORMAT", "RELOAD", "VERIFY", "DEPLOYED", "TROUBLED")
        for view in views {
            let target = view.target
            table.add(
                target.name, target.certificates.map(\.text).joined(separator: " "), target.place.path,
                view.format.rawValue, target.reload.joined(separator: " "), view.endpoint ?? "-",
                "\(view.records.count { $0.phase == .current })", "\(view.troubled)")
        }
        return table
    }
}
