// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import SCMSimulator

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs a simulator until somebody stops it.
@main
struct SimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scm-simulator",
        abstract: "Speaks the REST API of Sectigo Certificate Manager, for tests of SCM clients.",
        discussion: """
            Prints one line of JSON when it is ready, and then serves until it is stopped. Everything is in memory.

            EXAMPLE
              $ scm-simulator --tls --seed 1000 --files /tmp/scm &
              {"address":"https://127.0.0.1:40123","root":"/tmp/scm/root.pem",…}
              $ curl --cacert /tmp/scm/root.pem -H 'login: master' -H 'password: master-password' \\
                  -H 'customerUri: acme' 'https://127.0.0.1:40123/api/ssl/v1?size=3'

            What goes wrong is scripted without a login:
              $ curl -k -d '{"path": "/api/ssl/v1/enroll", "kind": "loseAnswer"}' \\
                  https://127.0.0.1:40123/simulator/faults

            Logins, knobs, faults and the control endpoint: Integration/SCMSimulator/README.md.
            """)

    @Option(name: .customLong("settings"), help: "A JSON file with settings; the options below win.")
    var settingsFile: String?

    @Option(help: "Where to listen. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "Where to listen; 0 takes a free port. (default: 0)")
    var port: Int?

    @Flag(help: "HTTPS, with a root and a certificate made at start. Client certificates need it.")
    var tls = false

    @Option(help: "How long every answer takes at least, such as 20ms. (default: 0ms)")
    var think: Milliseconds?

    @Option(help: "How many certificates the customer has already. (default: 0)")
    var seed: Int?

    @Option(
        help: "A folder for what clients need: root.pem, and LOGIN.pem with LOGIN-key.pem of who logs in with those.")
    var files: String?

    func run() async throws {
        let (settings, files) = (try settings(), files)
        try await SCMSimulator.serve(settings) { simulator in
            let line = try Readiness(simulator, files: files).line
            print(line)
            // A pipe would keep the line until more came.
            fflush(nil)
            // Until a signal ends the process.
            while !Task.isCancelled { try await Task.sleep(for: .seconds(3600)) }
        }
    }

    private func settings() throws -> SimulatorSettings {
        var settings = SimulatorSettings()
        if let settingsFile {
            do {
                settings = try SimulatorSettings(json: String(contentsOfFile: settingsFile, encoding: .utf8))
            } catch {
                throw ValidationError("\(settingsFile): \(error)")
            }
        }
        if let host { settings.host = host }
        if let port { settings.port = port }
        if tls { settings.tls = true }
        if let think { settings.think = think.count }
        if let seed { settings.seed = seed }
        return settings
    }
}

/// `20ms`, or `20`.
struct Milliseconds: ExpressibleByArgument {
    var count: Int

    init?(argument: String) {
        guard let count = Int(argument.hasSuffix("ms") ? String(argument.dropLast(2)) : argument), count >= 0 else {
            return nil
        }
        self.count = count
    }
}
