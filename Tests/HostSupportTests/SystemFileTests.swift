// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostSupport
import Testing

struct SystemFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("put-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func kind(_ name: String) throws -> FileAttributeType? {
        try FileManager.default.attributesOfItem(atPath: path(name))[.type] as? FileAttributeType
    }

    @Test func `a file is replaced for its owner alone`() throws {
        try Data("old and longer".utf8).write(to: folder.appendingPathComponent("file"))
        try SystemFile.put(Data("new".utf8), at: path("file"))
        #expect(try SystemFile.read(path("file")) == Data("new".utf8))
        #expect(SystemFile.mode(path("file")) == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    }

    @Test(arguments: [true, false])
    func `a link stays a link, whether or not it leads to something`(_ isThere: Bool) throws {
        if isThere { try Data("old".utf8).write(to: folder.appendingPathComponent("file")) }
        try FileManager.default.createSymbolicLink(atPath: path("second"), withDestinationPath: "file")
        try FileManager.default.createSymbolicLink(atPath: path("first"), withDestinationPath: path("second"))
        try SystemFile.put(Data("new".utf8), at: path("first"))
        #expect(try kind("first") == .typeSymbolicLink)
        #expect(try kind("second") == .typeSymbolicLink)
        #expect(try kind("file") == .typeRegular)
        #expect(try SystemFile.read(path("file")) == Data("new".utf8))
    }

    @Test func `links in a circle are an error`() throws {
        try FileManager.default.createSymbolicLink(atPath: path("a"), withDestinationPath: "b")
        try FileManager.default.createSymbolicLink(atPath: path("b"), withDestinationPath: "a")
        #expect(throws: SystemFailure.self) { try SystemFile.put(Data("new".utf8), at: path("a")) }
    }

    @Test func `a pipe is written into and stays a pipe`() async throws {
        #expect(mkfifo(path("pipe"), 0o600) == 0)
        let reading = Task.detached { [path = path("pipe")] in try SystemFile.read(path) }
        try SystemFile.put(Data("new".utf8), at: path("pipe"))
        #expect(try await reading.value == Data("new".utf8))
        #expect(try kind("pipe") != .typeRegular)
    }

    @Test func `a folder is not replaced`() throws {
        #expect(throws: SystemFailure.self) { try SystemFile.put(Data("new".utf8), at: folder.path) }
    }
}
