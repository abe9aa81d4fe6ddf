// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct PromptTests {
    /// Runs a command at a terminal of its own, ends it at the question, and prints whether the terminal echoed then
    /// and echoes now, and the signal that ended the command.
    private static let script = """
        import os, pty, select, signal, sys, termios
        def echoes(fd): return bool(termios.tcgetattr(fd)[3] & termios.ECHO)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        signal.alarm(60)
        how, program, arguments = sys.argv[1], sys.argv[2], sys.argv[2:]
        process, terminal = pty.fork()
        if process == 0: os.execv(program, arguments)
        said = b""
        while b"password: " not in said and select.select([terminal], [], [], 30)[0]: said += os.read(terminal, 1000)
        during = echoes(terminal)
        if how == "key": os.write(terminal, b"\\x03")
        else: os.kill(process, signal.SIGTERM)
        _, status = os.waitpid(process, 0)
        print(during, echoes(terminal), os.WTERMSIG(status))
        """

    @Test(arguments: [("key", "2"), ("kill", "15")])
    func `whoever gives up at a password gets an echoing terminal back`(_ how: String, _ signal: String) async throws {
        let command = try PublicCACommand()
        let ended = try await Program.tool(
            "python3",
            [
                "-c", Self.script, how, PublicCACommand.executable, "--home", command.home.path, "account", "add",
                "demo", "--provider", "mock", "--secret", "password=prompt",
            ])
        #expect(ended.text == "False True \(signal)\n", "\(ended.text) \(ended.error)")
    }
}
