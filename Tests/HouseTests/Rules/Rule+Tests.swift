// SPDX-License-Identifier: Apache-2.0

extension Rule {
    static let tests = [
        Rule("no test waits for time to pass") { house in
            try house.files(below: ["Tests", "Plugins", "Integration", "docs/Template"])
                .filter { $0.contains("Tests/") && !spacing.contains($0) }
                .flatMap { path in sleeps(in: try house.text(path)).map { "\(path): \($0)" } }
        },
        Rule("what tries the whole from outside uses what is public") { house in
            try house.files(below: ["Integration"]).filter { path in
                try !SourceText.lines(of: house.text(path), with: "@testable" + " import").isEmpty
            }
        },
    ]

    /// Kills a program at moments spread over its run, or when it has not ended in time: time is what the test is about.
    private static let spacing = [
        "Integration/CommandLineTests/SharingTests.swift", "Integration/CommandLineTests/RunningService.swift",
        "Integration/CommandLineTests/KeyRotationTests.swift",
        "Integration/UnattendedTests/Waiting.swift",
    ]

    /// Time that a test moves is never of the machine's clock.
    static func sleeps(in text: String) -> [String] {
        SourceText.lines(of: text, with: "sleep").filter { line in
            SourceText.code(of: line).contains(
                /\b(?:Task|Thread)\.sleep|Clock\(\)\.sleep|\.continuous\.sleep|\bu?sleep\(/.wordBoundaryKind(.simple))
                && !SourceText.code(of: line).contains(/\b(?:clock|time)\.sleep\(/.wordBoundaryKind(.simple))
        }
    }
}
