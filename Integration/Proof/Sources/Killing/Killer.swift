// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Kills a process when its moment has come.
struct Killer: Sendable {
    let scm: SimulatorProcess
    /// Where the database writes every commit to first.
    let log: String

    /// Returns when the process was sent SIGKILL, or has ended before.
    func kill(_ process: Int32, at moment: KillMoment) async {
        do {
            if try await isDue(moment, for: process) { _ = Self.send(SIGKILL, to: process) }
        } catch {
            // Without the CA's counter, or in a run that is called off, no moment is better than another.
            _ = Self.send(SIGKILL, to: process)
        }
    }

    private func isDue(_ moment: KillMoment, for process: Int32) async throws -> Bool {
        switch moment {
        case .time(let span):
            let end = ContinuousClock.now + span
            return try await until(process) { ContinuousClock.now >= end }
        case .call(let count):
            let before = try await scm.calls()
            return try await until(process) { try await scm.calls() >= before + count }
        case .commit(let count):
            var (seen, last) = (0, stamp)
            return try await until(process) {
                let now = stamp
                if now != last { (seen, last) = (seen + 1, now) }
                return seen >= count
            }
        }
    }

    /// False when the process has ended before it was so.
    private func until(_ process: Int32, _ isSo: () async throws -> Bool) async throws -> Bool {
        while true {
            if Self.hasEnded(process) { return false }
            if try await isSo() { return true }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    private struct Stamp: Equatable {
        var size: Int
        var seconds: Int
        var nanoseconds: Int
    }

    private var stamp: Stamp? {
        var status = stat()
        guard stat(log, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return Stamp(size: Int(status.st_size), seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    }

    /// Whether a child has ended; it is left for whoever waits for it.
    static func hasEnded(_ process: Int32) -> Bool {
        var information = siginfo_t()
        guard waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0 else { return true }
        return information.si_signo != 0
    }

    static func send(_ signal: Int32, to process: Int32) -> Bool {
        #if canImport(Glibc)
            Glibc.kill(process, signal) == 0
        #elseif canImport(Musl)
            Musl.kill(process, signal) == 0
        #else
            Darwin.kill(process, signal) == 0
        #endif
    }
}
