// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Proof

/// `prove year`: nothing is late and nothing is bought twice, over a year in virtual time.
struct YearCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "year", abstract: "Lives a year of many certificates in virtual time, at CAs with bad days.")

    @Option(help: "Certificates that are kept alive.") var certificates = 10_000
    @Option(help: "Days that are lived.") var days = 365
    @Option(help: "Repeats a year; by chance without it.") var seed: UInt64?
    @Option(help: "Homes that the certificates are in, each lived on a core.") var homes = 2
    @Option(help: "Engines on the repository of a home.") var engines = 3
    @Option(help: "The share of calls that go wrong, besides outages.") var faults = 0.012
    @Option(help: "Days between two looks at whether a certificate was revoked.") var looks = 42
    @Flag(help: "Print what was found as JSON.") var json = false

    func validate() throws {
        guard engines > 0, homes > 0, certificates >= homes else {
            throw ValidationError("engines and homes begin at 1, and each home has a certificate")
        }
        guard (0...0.9).contains(faults) else { throw ValidationError("faults are a share, at most 0.9") }
        guard days >= 14 else { throw ValidationError("a year has 14 days at least, the last six of them calm") }
    }

    func run() async throws {
        let seed = seed ?? .random(in: 1...999_999)
        FileHandle.standardError.write(Data("seed \(seed)\n".utf8))
        let year = Year(
            certificates: certificates, days: days, seed: seed, homes: homes, engines: engines, faults: faults,
            looks: looks
        ) {
            FileHandle.standardError.write(Data("\($0)\n".utf8))
        }
        let report = try await year.run()
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(report), as: UTF8.self))
        } else {
            for line in report.lines + report.aims { print(line) }
        }
        if !report.isClean { throw ExitCode.failure }
    }
}
