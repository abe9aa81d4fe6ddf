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
    @Option(help: "Engines on one repository.") var engines = 3
    @Flag(help: "Print what was found as JSON.") var json = false

    func validate() throws {
        guard certificates > 0, engines > 0 else { throw ValidationError("certificates and engines begin at 1") }
        guard days >= 14 else { throw ValidationError("a year has 14 days at least, the last six of them calm") }
    }

    func run() async throws {
        let seed = seed ?? .random(in: 1...999_999)
        FileHandle.standardError.write(Data("seed \(seed)\n".utf8))
        let year = Year(certificates: certificates, days: days, seed: seed, engines: engines) {
            FileHandle.standardError.write(Data("\($0)\n".utf8))
        }
        let report = try await year.run()
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(report), as: UTF8.self))
        } else {
            for line in report.lines { print(line) }
        }
        if !report.isClean { throw ExitCode.failure }
    }
}
