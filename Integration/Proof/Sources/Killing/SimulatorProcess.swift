// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Programs
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `scm-simulator` over HTTPS in a process of its own, which knows what was bought.
struct SimulatorProcess: Sendable {
    let ready: Readiness
    private let client: HTTPClient

    /// What its first line says, as far as it is needed here.
    struct Readiness: Decodable {
        var address: String
        /// The file with the root to trust.
        var root: String
    }

    /// A certificate order as the CA has it.
    struct Enrolment: Decodable {
        var commonName: String
        /// Of every certificate that was issued for it: the first, and each reissue.
        var serialNumbers: [String]
    }

    private struct Calls: Decodable { var total: Int }

    /// Every answer takes at least this long, so that a process can be killed while it waits for one.
    private static let think = "20ms"

    /// Runs one for as long as the body takes.
    static func serve<Value: Sendable>(
        _ program: String, in folder: String, _ body: @escaping @Sendable (SimulatorProcess) async throws -> Value
    ) async throws -> Value {
        let output = "\(folder)/simulator.txt"
        let result = Mutex<Result<Value, any Error>?>(nil)
        // A shell, so that its first line can be read while it runs.
        let script = "exec \"$0\" --tls --think \"$1\" --files \"$2\" >\"$3\""
        let ended = try await Program(
            "/bin/sh", ["-c", script, program, think, folder, output], environment: [:], outputLimit: 1 << 16
        ).run { process in
            let outcome: Result<Value, any Error>
            do {
                outcome = .success(try await use(process, output, body))
            } catch {
                outcome = .failure(error)
            }
            result.withLock { $0 = outcome }
            _ = Killer.send(SIGTERM, to: process)
        }
        guard let value = result.withLock({ $0 }) else {
            throw KillingFailure(
                "\(program) ended with status \(ended.status): \(String(decoding: ended.error, as: UTF8.self))")
        }
        return try value.get()
    }

    private static func use<Value>(
        _ process: Int32, _ output: String, _ body: (SimulatorProcess) async throws -> Value
    ) async throws -> Value {
        let ready = try await readiness(in: output, of: process)
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(ready.root))
        let client = HTTPClient(configuration: .init(tlsConfiguration: tls))
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(SimulatorProcess(ready: ready, client: client)))
        } catch {
            outcome = .failure(error)
        }
        try await client.shutdown()
        return try outcome.get()
    }

    private static func readiness(in file: String, of process: Int32) async throws -> Readiness {
        while !Killer.hasEnded(process) {
            // Not there yet.
            let text = try? String(contentsOfFile: file, encoding: .utf8)
            if let text, text.hasSuffix("\n") { return try JSONDecoder().decode(Readiness.self, from: Data(text.utf8)) }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw KillingFailure("the simulator ended before it was ready")
    }

    /// How many calls it has got.
    func calls() async throws -> Int {
        try JSONDecoder().decode(Calls.self, from: try await control("GET", "calls")).total
    }

    func enrolments() async throws -> [Enrolment] {
        try JSONDecoder().decode([Enrolment].self, from: try await control("GET", "enrolments"))
    }

    /// From now on, by chance, loses the answers to a share of all calls, after they had their effect, and says 502 or 503
    /// to another share, half of which have theirs.
    func misbehave(lost: Double, errors: Double, seed: UInt64) async throws {
        // A fault is asked only about calls that none before it has struck.
        func share(_ wanted: Double, after taken: Double) -> Double { taken < 1 ? min(1, wanted / (1 - taken)) : 0 }
        let faults: [(fault: String, share: Double)] = [
            (#""kind": "loseAnswer""#, lost),
            (#""kind": "badGateway", "acts": true"#, share(errors / 2, after: lost)),
            (#""kind": "unavailable""#, share(errors / 2, after: lost + errors / 2)),
        ]
        try await calm()
        _ = try await control("POST", "luck", #"{"seed": \#(seed % 1_000_000)}"#)
        let list = faults.map { #"{\#($0.fault), "path": "/api/", "share": \#($0.share), "count": 1000000000}"# }
        _ = try await control("POST", "faults", "[\(list.joined(separator: ", "))]")
    }

    /// From now on, all answers arrive.
    func calm() async throws { _ = try await control("DELETE", "faults") }

    private func control(_ method: String, _ name: String, _ body: String = "") async throws -> Data {
        var request = HTTPClientRequest(url: "\(ready.address)/simulator/\(name)")
        request.method = .init(rawValue: method)
        if !body.isEmpty { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 1 << 26)
        guard response.status == .ok else {
            throw KillingFailure("the simulator refuses \(name): \(String(buffer: bytes))")
        }
        return Data(bytes.readableBytesView)
    }
}

/// Why the proof could not be made.
struct KillingFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
