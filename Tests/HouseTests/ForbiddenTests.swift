// SPDX-License-Identifier: Apache-2.0

import Testing

struct ForbiddenTests {
    @Test(arguments: Rule.forbiddenWords)
    func `each word is found`(_ word: String) {
        #expect(Rule.words(in: "let a = 1\n  \(word) b\n") == [word])
    }

    @Test(
        arguments: zip(
            ["a!.b", "f(x)!", "a[0]!", "a != b", "!a", "\"Stop!\"", "// now!", "#if !DEBUG"],
            [true, true, true, false, false, false, false, false]))
    func `force is told from denial`(_ line: String, _ isForced: Bool) {
        #expect(Rule.forces(line) == isForced)
    }

    @Test(
        arguments: zip(
            [
                "let a = Process()", "try Process.run(b)", "Process.launchedProcess(c)", "// Process()",
                "withProcess(d)",
            ],
            [true, true, true, false, false]))
    func `a program that Foundation would start is found`(_ line: String, _ isFound: Bool) {
        #expect(Rule.foundationProcesses(in: line).isEmpty != isFound)
    }

    @Test func `a dropped error is found without its reason`() {
        #expect(Rule.unexplained(in: "a()\ntry? b()\n") == ["try? b()"])
        #expect(Rule.unexplained(in: "let c = try? b()").count == 1)
        #expect(Rule.unexplained(in: "// Nobody waits for it.\n    try? b()\nlet entry: Entry? = entry?.a").isEmpty)
    }

    @Test(arguments: [
        "let now = Date()", "at: Date.now", "FileManager.default", "ProcessInfo.processInfo",
        "await Task.sleep(for: a)",
        "import Glibc", "    import Darwin", "Data(contentsOf: a)", "print(a)", "URLSession.shared", "usleep(1)",
    ])
    func `what reaches out of its context is found`(_ line: String) {
        #expect(!Rule.reaching(in: line, besides: []).isEmpty)
        #expect(Rule.reaching(in: "// \(line)", besides: []).isEmpty)
        #expect(Rule.reaching(in: line, besides: [line]).isEmpty)
    }

    @Test(
        arguments: zip(
            [
                "try await Task.sleep(for: a)", "Thread.sleep(1)", "ContinuousClock().sleep(for: a)", "usleep(1)",
                "try await clock.sleep(for: a)", "time.sleepers", "// sleep(1)",
            ], [true, true, true, true, false, false, false]))
    func `waiting is told from time that a test moves`(_ line: String, _ isWaiting: Bool) {
        #expect(Rule.sleeps(in: line).isEmpty != isWaiting)
    }

    @Test(
        arguments: zip(
            [
                #""requestBody" : "grant_type=client_credentials&client_secret=<secret>""#,
                #""body" : "-----BEGIN EC PRIVATE KEY-----""#, #""Authorization" : "Basic YQ==""#,
                #""body" : "{\"Password\":\"x\"}""#, #""body" : "unknown user master-password""#,
                #""path" : "/api/admin/v1/password""#, #""body" : "-----BEGIN CERTIFICATE-----""#,
            ], [true, true, true, true, true, false, false]))
    func `a secret in a recording is found`(_ line: String, _ isSecret: Bool) {
        #expect(Rule.secrets(in: line).isEmpty != isSecret)
    }
}
