// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Testing

@testable import HostSupport

struct LogWritingTests {
    /// Standard error may be a pipe that somebody else opened so that writing never waits.
    @Test(arguments: [false, true])
    func `many write long lines at once, and each arrives whole`(_ isImpatient: Bool) async throws {
        let pipe = Pipe()
        let file = pipe.fileHandleForWriting.fileDescriptor
        if isImpatient { #expect(fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK) == 0) }
        let (readings, reading) = AsyncStream.makeStream(of: Data.self)
        // A thread of its own: those of the tasks may all be waiting for it.
        Thread.detachNewThread {
            reading.yield(pipe.fileHandleForReading.readDataToEndOfFile())
            reading.finish()
        }
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    let logger = Logger(label: "test") { _ in
                        StandardErrorHandler(format: .text, logLevel: .info) { StandardErrorHandler.put($0, to: file) }
                    }
                    let text = String(repeating: "\(writer)", count: 30_000)
                    for number in 0..<20 { logger.info("\(number) \(text)") }
                }
            }
        }
        try pipe.fileHandleForWriting.close()
        let written = try #require(await readings.first { _ in true })
        let lines = String(decoding: written, as: UTF8.self).split(separator: "\n")
        let expected = (0..<8).flatMap { writer in
            (0..<20).map { "info: \($0) \(String(repeating: "\(writer)", count: 30_000))" }
        }
        // Not compared as a whole: what is wrong with some megabytes is not read by anybody.
        #expect(lines.count == expected.count)
        #expect(Set(lines.map(String.init)) == Set(expected), "lines are not whole")
    }
}
