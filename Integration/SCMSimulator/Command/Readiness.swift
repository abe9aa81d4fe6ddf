// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import SCMSimulator

/// What the first line of output says.
struct Readiness: Encodable {
    let address: String
    let tokenAddress: String
    var root: String?
    var clients: [String: Client] = [:]

    struct Client: Encodable {
        var certificate: String
        var key: String
    }

    /// Writes the files, where a folder is given, before anything is told of them.
    init(_ simulator: SCMSimulator, files: String?) throws {
        address = simulator.address
        tokenAddress = simulator.tokenAddress
        guard let files else { return }
        try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
        func write(_ name: String, _ text: String) throws -> String {
            let path = "\(files)/\(name)"
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return path
        }
        root = try write("root.pem", simulator.rootCertificate)
        for login in simulator.clientLogins {
            guard let client = simulator.clientCertificate(login: login) else { continue }
            clients[login] = Client(
                certificate: try write("\(login).pem", client.certificate),
                key: try write("\(login)-key.pem", client.key))
        }
    }

    var line: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
