// SPDX-License-Identifier: Apache-2.0

extension Rule {
    /// What was recorded at a CA, and is published with the sources.
    static let exchanges = [
        Rule("no recorded exchange holds a credential, a token or a private key") { house in
            let files = house.files(ending: ".json").filter { $0.contains("/Exchanges/") }
            guard files.count > 1 else { return ["only \(files) were found"] }
            return try files.flatMap { path in secrets(in: try house.text(path)).map { "\(path): \($0)" } }
        }
    ]

    /// Of header fields, those that carry a login; of bodies and forms, members that do; and the passwords and secrets of
    /// the simulated SCM, which end so.
    private static let signs = [
        "PRIVATE KEY", "Bearer ", "authorization\"", "set-cookie\"", "access_token", "refresh_token", "client_secret",
        "\"password\"", "\\\"password\\\"", "passphrase", "-password", "-secret",
    ]

    static func secrets(in recording: String) -> [String] {
        signs.filter { !SourceText.lines(of: recording.lowercased(), with: $0.lowercased()).isEmpty }
    }
}
