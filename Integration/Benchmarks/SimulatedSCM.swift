// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `scm-simulator` over HTTPS in a process of its own, which counts the calls that it gets.
struct SimulatedSCM {
    /// How long every answer takes at least, in milliseconds.
    static let think = 20.0

    let ready: Readiness
    private let process: ChildProcess
    private let client: HTTPClient

    /// What its first line says, as far as it is needed here.
    struct Readiness: Decodable {
        var address: String
        /// The file with the root to trust.
        var root: String
    }

    /// What it counted since it began.
    struct Traffic: Decodable {
        /// By endpoint.
        var calls: [String: Int]
        var total: Int
        var peakInFlight: Int

        /// Pages of the list of certificates.
        var lists: Int { calls["GET /api/ssl/v1"] ?? 0 }

        func since(_ earlier: Traffic) -> Traffic {
            Traffic(
                calls: calls.merging(earlier.calls) { $0 - $1 }, total: total - earlier.total,
                peakInFlight: peakInFlight)
        }
    }

    /// Begins one with so many certificates.
    init(_ program: String, certificates: Int, in folder: String) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let output = "\(folder)/simulator.txt"
        let process = try ChildProcess(
            program,
            ["--tls", "--think", "\(Int(Self.think))ms", "--seed", "\(certificates)", "--files", folder], output: output
        )
        do {
            ready = try await Self.readiness(in: output)
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(ready.root))
            client = HTTPClient(configuration: .init(tlsConfiguration: tls))
        } catch {
            process.send(signal: SIGKILL)
            _ = try process.end()
            throw error
        }
        self.process = process
    }

    private static func readiness(in file: String) async throws -> Readiness {
        for _ in 0..<600 {
            // There since it was begun, and empty at first.
            let text = try String(contentsOfFile: file, encoding: .utf8)
            if text.hasSuffix("\n") {
                return try JSONDecoder().decode(Readiness.self, from: Data(text.utf8))
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw ChildProcess.Failure(description: "the simulator is not ready after a minute")
    }

    func traffic() async throws -> Traffic {
        let response = try await client.execute(
            HTTPClientRequest(url: "\(ready.address)/simulator/state"), timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return try JSONDecoder().decode(Traffic.self, from: Data(bytes.readableBytesView))
    }

    /// Ends it, and tells what it took.
    func stop() async throws -> ChildProcess.Cost {
        process.send(signal: SIGTERM)
        let cost = try process.end()
        try await client.shutdown()
        return cost
    }
}
