// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostSupport
import LifecycleEngine
import PublicCA
import Testing

struct SecretReaderTests {
    private let folder = FileManager.default.temporaryDirectory.path
    private func reader(_ environment: [String: String] = [:]) -> SecretReader {
        SecretReader(environment: environment, workingFolder: folder)
    }

    @Test func `a source is told from a secret`() throws {
        #expect(try SecretInput("-", canGenerate: false) == .standardInput)
        #expect(try SecretInput("env:NAME", canGenerate: false) == .environment("NAME"))
        #expect(try SecretInput("file:a b", canGenerate: false) == .file("a b"))
        #expect(try SecretInput("prompt", canGenerate: false) == .prompt)
        #expect(try SecretInput("generate", canGenerate: true) == .generate)
    }

    @Test(arguments: ["hunter2", "", "env:", "file:", "generate"])
    func `a secret itself is refused and not repeated`(_ text: String) {
        let error = #expect(throws: LifecycleError.self) { try SecretInput(text, canGenerate: false) }
        #expect(error?.code == .badInput)
        if text == "hunter2" { #expect(error?.description.contains(text) == false) }
    }

    @Test(arguments: [("secret\n", "secret"), ("secret\r\n", "secret"), ("secret", "secret"), ("two\n\n", "two\n")])
    func `one newline at the end of a file is no part of the secret`(_ contents: String, _ secret: String) throws {
        let name = "secret-\(UUID().uuidString)"
        let path = "\(folder)/\(name)"
        try Data(contents.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let read = try reader().read(.file(name), as: "password")
        #expect(read.reveal { $0 == secret })
    }

    @Test func `what is not there is said`() {
        let file = #expect(throws: LifecycleError.self) { try reader().read(.file("nowhere"), as: "password") }
        #expect(file?.code == .notFound)
        let variable = #expect(throws: LifecycleError.self) { try reader().read(.environment("NO"), as: "password") }
        #expect(variable?.code == .badInput)
        let empty = #expect(throws: LifecycleError.self) {
            try reader(["EMPTY": ""]).read(.environment("EMPTY"), as: "password")
        }
        #expect(empty?.message == "the password is empty")
    }

    @Test func `generated passwords differ`() throws {
        let first = try reader().read(.generate, as: "password")
        let second = try reader().read(.generate, as: "password")
        #expect(first.reveal { one in second.reveal { one != $0 && one.count >= 20 } })
    }
}
