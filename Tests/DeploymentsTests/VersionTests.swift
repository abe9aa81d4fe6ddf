// SPDX-License-Identifier: Apache-2.0

import Deployments
import Foundation
import LifecycleModel
import Testing

struct VersionTests {
    private static func several(_ count: Int) async throws -> [DeployableCertificate] {
        var certificates: [DeployableCertificate] = []
        for _ in 0..<count { certificates.append(try await .made()) }
        return certificates
    }

    @Test func `whoever follows the link finds a key and its certificate, however often they change`() async throws {
        let bench = try Bench()
        let certificates = try await Self.several(8)
        let pairs = Dictionary(uniqueKeysWithValues: certificates.map { ($0.pem.joined(), $0.keyPEM) })
        let deployments = bench.deployments()
        _ = try await deployments.publish(certificates[0], to: bench.web)
        let publishing = Task {
            for round in 1...200 { _ = try await deployments.publish(certificates[round % 8], to: bench.web) }
        }
        let reading = Task {
            var seen: Set<String> = []
            while !Task.isCancelled || seen.isEmpty {
                let version = try FileManager.default.destinationOfSymbolicLink(atPath: "\(bench.folder)/www")
                // One that is read too slowly is gone by then, as a whole.
                guard let chain = try? bench.text("\(version)/fullchain.pem"),
                    let key = try? bench.text("\(version)/key.pem")
                else { continue }
                #expect(pairs[chain] == key)
                seen.insert(chain)
                await Task.yield()
            }
            return seen.count
        }
        try await publishing.value
        reading.cancel()
        #expect(try await reading.value > 0)
        #expect(try bench.names("www.versions").count == 4)
    }

    @Test func `the newest are kept, as many as told`() async throws {
        let bench = try Bench()
        var target = bench.web
        target.keptVersions = 2
        let certificates = try await Self.several(5)
        for certificate in certificates { _ = try await bench.deployments().publish(certificate, to: target) }
        let versions = try bench.deployments().versions(of: target, for: "www.example.org")
        #expect(versions.map(\.sha256) == certificates.suffix(3).map(\.sha256))
        #expect(versions.map(\.isCurrent) == [false, false, true])
        target.keptVersions = 0
        _ = try await bench.deployments().publish(certificates[4], to: target)
        #expect(try bench.names("www.versions").count == 1)
    }

    @Test func `an earlier version is put back, and the later ones stay`() async throws {
        let bench = try Bench()
        let deployments = bench.deployments()
        let certificates = try await Self.several(2)
        let first = try await deployments.publish(certificates[0], to: bench.web)
        let second = try await deployments.publish(certificates[1], to: bench.web)
        try await deployments.restore(first, of: bench.web, for: "www.example.org")
        #expect(try bench.text("www/key.pem") == certificates[0].keyPEM)
        let versions = try deployments.versions(of: bench.web, for: "www.example.org")
        #expect(versions.map(\.name) == [first.name, second.name] && versions.map(\.isCurrent) == [true, false])
        // Nothing has to be written to go forward again.
        #expect(try await deployments.publish(certificates[1], to: bench.web) == second)
        #expect(try bench.names("www.versions").count == 2)
        let gone = PublishedVersion(name: "20200101T000000Z-00", sha256: "00", isCurrent: false)
        let failure = await #expect(throws: DeploymentFailure.self) {
            try await deployments.restore(gone, of: bench.web, for: "www.example.org")
        }
        #expect(failure?.description == "\(bench.folder)/www has no version 20200101T000000Z-00 any more")
    }

    @Test func `nothing is there before the first`() throws {
        let bench = try Bench()
        #expect(try bench.deployments().versions(of: bench.web, for: "www.example.org").isEmpty)
        #expect(try bench.names("").isEmpty)
    }

    @Test func `what a crash left behind is removed by the next`() async throws {
        let bench = try Bench()
        let deployments = bench.deployments()
        let certificates = try await Self.several(3)
        _ = try await deployments.publish(certificates[0], to: bench.web)
        let files = FileManager.default
        let half = "\(bench.folder)/www.versions/20270115T080001Z-0123456789abcdef.draft"
        try files.createDirectory(atPath: half, withIntermediateDirectories: false)
        try Data("half".utf8).write(to: URL(filePath: "\(half)/key.pem"))
        try files.createSymbolicLink(
            atPath: "\(bench.folder)/www.versions/link.draft", withDestinationPath: "www.versions/nowhere")
        #expect(try deployments.versions(of: bench.web, for: "www.example.org").count == 1)
        let second = try await deployments.publish(certificates[1], to: bench.web)
        #expect(try bench.names("www.versions").count == 2)
        // Killed between writing a version and showing it.
        let third = try await deployments.publish(certificates[2], to: bench.web)
        try await deployments.restore(second, of: bench.web, for: "www.example.org")
        #expect(try await deployments.publish(certificates[2], to: bench.web) == third)
        #expect(try bench.text("www/key.pem") == certificates[2].keyPEM)
        #expect(try bench.names("www.versions").count == 3)
    }

    @Test func `a version that nobody can describe is no version`() async throws {
        let bench = try Bench()
        let deployments = bench.deployments()
        let version = try await deployments.publish(.made(), to: bench.web)
        try Data("{".utf8).write(to: URL(filePath: "\(bench.folder)/www/.version.json"))
        try FileManager.default.createDirectory(
            atPath: "\(bench.folder)/www.versions/notes", withIntermediateDirectories: false)
        #expect(try deployments.versions(of: bench.web, for: "www.example.org").isEmpty)
        #expect(try await deployments.publish(.made(), to: bench.web).name > version.name)
    }

    @Test func `two do not write at once`() async throws {
        let bench = try Bench()
        _ = try await bench.deployments().publish(.made(), to: bench.web)
        let folder = open("\(bench.folder)/www.versions", O_RDONLY)
        defer { close(folder) }
        #expect(flock(folder, LOCK_EX) == 0)
        let failure = await #expect(throws: DeploymentFailure.self) {
            try await bench.deployments().publish(.made(), to: bench.web)
        }
        #expect(failure?.description == "another publicca is writing to \(bench.folder)/www.versions")
        #expect(failure?.mayPass == true)
    }
}
