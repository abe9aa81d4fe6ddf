// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import Testing

struct ProgramTests {
    private static let path = ["PATH": "/usr/bin:/bin"]

    private func shell(
        _ script: String, _ arguments: [String] = [], input: Data = Data(), outputLimit: Int = 1000
    ) -> Program {
        Program(
            "/bin/sh", ["-c", script, "sh"] + arguments, environment: Self.path, input: input, outputLimit: outputLimit)
    }

    @Test func `it gets what it was given and nothing else`() async throws {
        var program = Program("/usr/bin/env", environment: ["ONE": "a b", "TWO": ""], outputLimit: 1000)
        let variables = try await program.run().text.split(separator: "\n").sorted()
        #expect(variables == ["ONE=a b", "TWO="])
        program = shell(#"printf '%s|' "$@"; cat; pwd"#, ["a b", "", "$c"], input: Data("read\n".utf8))
        program.folder = "/"
        let ending = try await program.run()
        #expect(ending.text == "a b||$c|read\n/\n")
        #expect(ending.status == 0 && !ending.wasKilled && !ending.isCut && !ending.hasRunOut && ending.error.isEmpty)
    }

    @Test func `its status and what it complains about are kept`() async throws {
        let ending = try await shell("echo out; echo wrong >&2; exit 7").run()
        #expect(ending.status == 7 && !ending.wasKilled)
        #expect(ending.text == "out\n" && ending.error == Data("wrong\n".utf8))
    }

    @Test func `whoever is handed its process id can kill it`() async throws {
        let ending = try await shell("exec sleep 86400").run { process in kill(process, SIGKILL) }
        #expect(ending.status == SIGKILL && ending.wasKilled && !ending.hasRunOut)
    }

    @Test(arguments: [999, 1000, 5_000_000])
    func `what is beyond the limit is dropped, and does not stop it`(_ count: Int) async throws {
        let ending = try await shell(
            "head -c \(count) /dev/zero; head -c \(count) /dev/zero >&2; echo $?", outputLimit: 1000
        )
        .run()
        #expect(ending.status == 0)
        #expect(ending.output.count == 1000 && ending.error.count == min(count, 1000))
        #expect(ending.isCut)
        let all = try await shell("head -c \(count) /dev/zero", outputLimit: count).run()
        #expect(all.output == Data(count: count) && !all.isCut)
    }

    @Test func `it need not read its input`() async throws {
        let input = Data(count: 5_000_000)
        #expect(try await shell("exec 0<&-; exit 3", input: input).run().status == 3)
        #expect(try await shell("wc -c", input: input).run().text.contains("5000000"))
    }

    @Test func `a name is looked for where its environment says`() async throws {
        #expect(try await Program("env", environment: Self.path, outputLimit: 100).run().text.contains("PATH="))
        try await fails(
            Program("env", environment: ["PATH": "/nowhere"], outputLimit: 100),
            "env is not there, or is no program that we may run")
    }

    @Test func `what cannot be run says so`() async throws {
        try await fails(
            Program("/nowhere/tool", environment: [:], outputLimit: 100),
            "/nowhere/tool is not there, or is no program that we may run")
        try await fails(
            Program("/etc/passwd", environment: [:], timeLimit: .seconds(60), outputLimit: 100),
            "/etc/passwd is not there, or is no program that we may run")
        try await fails(
            Program("/bin/sh", environment: [:], folder: "/nowhere", outputLimit: 100),
            "/bin/sh cannot run in the folder /nowhere")
    }

    private func fails(_ program: Program, _ words: String) async throws {
        let failure = await #expect(throws: ProgramFailure.self) { try await program.run() }
        #expect(failure?.description == words && failure?.mayPass == false)
    }
}

extension Program.Ending {
    var text: String { String(decoding: output, as: UTF8.self) }
}
