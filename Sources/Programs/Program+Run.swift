// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

extension Program {
    /// Runs it to its end. When the task is cancelled, the program is ended as at the time limit.
    ///
    /// What it has left running does not hold this up, even if that still has its outputs open.
    /// - Parameter whileRunning: handed the process id as soon as there is one.
    package func run(
        whileRunning: (@Sendable (Int32) async -> Void)? = nil
    ) async throws(ProgramFailure) -> Ending {
        guard let timeLimit else { return try await runToItsEnd(whileRunning) }
        let program = Task { () -> Result<Ending, ProgramFailure> in
            do throws(ProgramFailure) {
                return .success(try await runToItsEnd(whileRunning))
            } catch {
                return .failure(error)
            }
        }
        let limit = Task {
            try await Task.sleep(for: timeLimit)
            program.cancel()
        }
        let result = await withTaskCancellationHandler {
            await program.value
        } onCancel: {
            program.cancel()
        }
        limit.cancel()
        var ending = try result.get()
        if case .success = await limit.result { ending.hasRunOut = true }
        return ending
    }

    private func runToItsEnd(_ whileRunning: (@Sendable (Int32) async -> Void)?) async throws(ProgramFailure) -> Ending
    {
        Self.ignoreBrokenPipes
        do {
            let ended = try await Subprocess.run(
                path.contains("/") ? .path(FilePath(path)) : .name(path), arguments: Arguments(arguments),
                environment: .custom(
                    Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) })),
                workingDirectory: folder.map { FilePath($0) }, platformOptions: options, input: Input(data: input),
                output: .sequence, error: .sequence
            ) { execution in
                async let output = Said(execution.standardOutput, limit: outputLimit)
                async let error = Said(execution.standardError, limit: outputLimit)
                await whileRunning?(execution.processIdentifier.value)
                let said = try await (output: output, error: error)
                if Task.isCancelled { await end(execution) }
                return said
            }
            let said = ended.closureResult
            let (status, wasKilled) =
                switch ended.terminationStatus {
                case .exited(let code): (code, false)
                case .signaled(let number): (number, true)
                }
            return Ending(
                status: status, wasKilled: wasKilled, output: said.output.kept, error: said.error.kept,
                isCut: said.output.isCut || said.error.isCut)
        } catch {
            throw failure(error)
        }
    }

    /// A session of its own is a process group of its own, and has no terminal.
    private var options: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        return options
    }

    /// By now the group was sent SIGTERM. This waits for the program's end, for as long as it may take, and kills what of
    /// its group has outlived it. The process id is not given to anybody else until we are through.
    private func end<Input, Output, Errors>(_ execution: Execution<Input, Output, Errors>) async {
        let nothing = Signal(rawValue: 0)
        await execution.teardown(using: [
            .send(signal: nothing, toProcessGroup: true, allowedDurationToNextStep: grace)
        ])
        // Mostly there is nobody left, which is an error.
        try? execution.send(signal: .kill, toProcessGroup: true)
    }

    private func failure(_ error: any Error) -> ProgramFailure {
        switch (error as? SubprocessError)?.code {
        case .executableNotFound:
            ProgramFailure(description: "\(path) is not there, or is no program that we may run", mayPass: false)
        case .failedToChangeWorkingDirectory:
            ProgramFailure(description: "\(path) cannot run in the folder \(folder ?? "")", mayPass: false)
        default:
            ProgramFailure(description: "\(path) cannot be run: \(error)", mayPass: true)
        }
    }

    /// Who writes to a program that has ended is told so by an error, and not killed. NIO does the same.
    private static let ignoreBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}

private struct Input: InputProtocol {
    var data: Data

    func write(with writer: StandardInputWriter) async {
        // No program has to read what it is given, and one that should have says so by its status.
        _ = try? await writer.write([UInt8](data))
    }
}

/// What came from one output.
private struct Said: Sendable {
    private(set) var kept = Data()
    private(set) var isCut = false

    init(_ buffers: SubprocessOutputSequence, limit: Int) async throws {
        for try await buffer in buffers {
            let room = limit - kept.count
            buffer.withUnsafeBytes { kept.append(contentsOf: $0.prefix(room)) }
            isCut = isCut || buffer.count > room
        }
    }
}
