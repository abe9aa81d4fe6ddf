// SPDX-License-Identifier: Apache-2.0

extension Rule {
    /// What decides and what translates is told the date and handed its means; it takes none.
    static let contexts = [
        Rule("a plugin touches only its context, contract and model nothing") { house in
            let plugins = house.files(below: ["Plugins", "docs/Template"]).filter { $0.contains("/Sources/") }
            let others = house.files(below: ["Sources/PublicCA", "Sources/ProviderHTTP", "Sources/LifecycleModel"])
            return try (plugins + others).flatMap { path in
                reaching(in: try house.text(path), besides: defaults[path] ?? []).map { "\(path): \($0)" }
            }
        }
    ]

    /// Dates, files, environment, processes, sockets, terminals and waiting.
    /// Words end where Unicode would let a name go on, at a full stop.
    private static var reach: Regex<Substring> {
        /\bDate\(\)|\bDate\.now|\bnow: \.now|\bFileManager\b|\bFileHandle\b|\bcontentsOf:|\bProcessInfo\b|\bProcess\(|\bgetenv\b|\bURLSession\b|\bsocket\(|\bu?sleep\(|\b(?:Continuous|Suspending)Clock\b|\bDispatch\w+|\bThread\b|\bprint\(|\bLogger\b|import (?:Glibc|Musl|Darwin|Dispatch)\b/
            .wordBoundaryKind(.simple)
    }

    /// Values for arguments that a caller may leave out; whoever wants another time passes it.
    private static let defaults = ["Plugins/Mock/Sources/MockCA.swift": ["{ Date() }"]]

    /// The lines that reach out, but for those that hold one of the exceptions.
    static func reaching(in text: String, besides exceptions: [String]) -> [String] {
        text.split(separator: "\n").map(String.init).filter { line in
            // Cheap first: most lines hold nothing of the kind.
            line.utf8.contains { $0 == 0x28 || $0 == 0x3A || $0 == 0x2E || $0 == 0x74 }
                && !exceptions.contains { line.contains($0) } && SourceText.code(of: line).contains(reach)
        }
    }
}
