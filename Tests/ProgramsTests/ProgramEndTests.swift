// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import Testing

/// Programs that would go on for long. Those that are left alive say so, where they would be heard.
struct ProgramEndTests {
    private func shell(_ script: String, _ arguments: String..., grace: Duration = .seconds(60)) -> Program {
        var program = Program(
            "/bin/sh", ["-c", script] + arguments, environment: ["PATH": "/usr/bin:/bin"], outputLimit: 1000)
        program.grace = grace
        return program
    }

    @Test(.timeLimit(.minutes(10)))
    func `what it leaves behind with its outputs does not hold us up`() async throws {
        let pipe = try makePipe()
        defer { unlink(pipe) }
        let ending = try await shell(#"(cat "$0"; echo late) & echo done"#, pipe).run()
        #expect(ending.status == 0 && ending.text == "done\n")
        // What was left behind is still there to be let go.
        #expect(FileHandle(forWritingAtPath: pipe) != nil)
    }

    @Test func `at the time limit it is asked to end`() async throws {
        var program = shell("exec sleep 600")
        program.timeLimit = .milliseconds(1)
        let ending = try await program.run()
        #expect(ending.hasRunOut && ending.wasKilled && ending.status == SIGTERM)
    }

    @Test func `one that ends in time has not run out`() async throws {
        var program = shell("exit 2")
        program.timeLimit = .seconds(600)
        let ending = try await program.run()
        #expect(!ending.hasRunOut && ending.status == 2)
    }

    @Test func `all that it has started is asked to end`() async throws {
        let ending = try await cancelled(
            shell(#"exec 3>"$0"; (sleep 600; echo left >&3) & trap "exit 5" TERM; echo ready >&3; wait"#))
        #expect(ending.status == 5 && !ending.wasKilled && !ending.hasRunOut)
    }

    @Test func `who does not end when asked is killed`() async throws {
        let ending = try await cancelled(
            shell(#"trap "" TERM; exec 3>"$0"; (sleep 600; echo left >&3) & echo ready >&3; wait"#, grace: .zero))
        #expect(ending.wasKilled && ending.status == SIGKILL)
    }

    @Test func `who outlives it in its group is killed`() async throws {
        let ending = try await cancelled(
            shell(#"exec 3>"$0"; (trap "" TERM; echo ready >&3; sleep 600; echo left >&3) & wait"#))
        #expect(ending.wasKilled && ending.status == SIGTERM)
    }

    @Test func `one whose outputs are closed is ended all the same`() async throws {
        let ending = try await cancelled(shell(#"exec 3>"$0" >&- 2>&-; echo ready >&3; exec sleep 600"#))
        #expect(ending.wasKilled && ending.status == SIGTERM)
    }

    private func makePipe() throws -> String {
        let pipe = FileManager.default.temporaryDirectory.appendingPathComponent("pipe-\(UUID().uuidString)").path
        try #require(mkfifo(pipe, 0o600) == 0)
        return pipe
    }

    /// Cancels the run as soon as the program has said through its argument, a pipe, that it is ready. It and all that it
    /// has started hold that pipe: where it ends, they have.
    private func cancelled(_ program: Program) async throws -> Program.Ending {
        let pipe = try makePipe()
        defer { unlink(pipe) }
        var program = program
        program.arguments.append(pipe)
        let (reader, found) = AsyncStream.makeStream(of: FileHandle.self)
        let ending = try await Task { [program] in
            try await program.run { _ in
                guard let handle = FileHandle(forReadingAtPath: pipe) else { return }
                #expect(handle.readLine() == "ready")
                found.yield(handle)
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }.value
        let handle = try #require(await reader.first { _ in true })
        #expect(try handle.readToEnd() ?? Data() == Data())
        return ending
    }
}

extension FileHandle {
    fileprivate func readLine() -> String {
        var line = ""
        while let byte = readData(ofLength: 1).first, byte != UInt8(ascii: "\n") { line.append(Character(.init(byte))) }
        return line
    }
}
