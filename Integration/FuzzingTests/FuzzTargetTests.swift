// SPDX-License-Identifier: Apache-2.0

import Foundation
import FuzzTargets
import Testing

/// What `make fuzz` tries for hours, tried for seconds on any machine.
struct FuzzTargetTests {
    private static let runs = 2000

    @Test(arguments: FuzzTarget.all)
    func `what others wrote is read or refused, in a line`(_ target: FuzzTarget) throws {
        let corpus = try Corpus.of(target)
        for (name, bytes) in corpus {
            #expect(throws: Never.self, "\(target.name)/\(name)") { try target.run(bytes) }
        }
        var mutation = Mutation(seed: 7, of: corpus.map(\.bytes))
        for run in 0..<Self.runs {
            let bytes = mutation.next().prefix(target.longest)
            do { try target.run(Data(bytes)) } catch {
                Issue.record("\(target.name), run \(run): \(error): \(bytes.base64EncodedString())")
            }
        }
    }

    @Test func `every corpus and every dictionary is a target's`() throws {
        let names = Set(FuzzTarget.all.map(\.name))
        #expect(names.count == FuzzTarget.all.count)
        #expect(try Set(Corpus.names(in: "Corpus")) == names)
        let dictionaries = try Corpus.names(in: "Dictionaries").map { $0.replacing(".dict", with: "") }
        #expect(!dictionaries.isEmpty && names.isSuperset(of: dictionaries))
    }

    @Test func `the same seed changes the same bytes`() {
        var (one, other) = (Mutation(seed: 1, of: [Data("abc".utf8)]), Mutation(seed: 1, of: [Data("abc".utf8)]))
        let changes = (0..<100).map { _ in one.next() }
        #expect(changes == (0..<100).map { _ in other.next() })
        #expect(Set(changes).count > 50)
    }
}

/// What is kept in the repository of what targets have been given.
private enum Corpus {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzzing")

    static func of(_ target: FuzzTarget) throws -> [(name: String, bytes: Data)] {
        let folder = Self.folder.appending(path: "Corpus/\(target.name)")
        let corpus = try names(in: "Corpus/\(target.name)").map {
            ($0, try Data(contentsOf: folder.appending(path: $0)))
        }
        try #require(!corpus.isEmpty, "the corpus of \(target.name) is empty")
        return corpus
    }

    static func names(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path)
            .filter { !$0.hasPrefix(".") }.sorted()
    }
}
