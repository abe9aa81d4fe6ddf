// SPDX-License-Identifier: Apache-2.0

import Deployments
import Foundation
import LifecycleModel
import Testing

struct FolderTests {
    @Test func `a folder holds certificate, chain and key, and is a link to a version`() async throws {
        let bench = try Bench()
        let certificate = try await DeployableCertificate.made()
        let version = try await bench.deployments().publish(certificate, to: bench.web)
        #expect(version.sha256 == certificate.sha256 && version.isCurrent)
        #expect(version.name == "20270115T080000Z-\(certificate.sha256.prefix(16))")
        #expect(try bench.names("") == ["www", "www.versions"])
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: "\(bench.folder)/www")
                == "www.versions/\(version.name)")
        #expect(try bench.text("www/certificate.pem") == certificate.pem[0])
        #expect(try bench.text("www/chain.pem") == certificate.pem[1])
        #expect(try bench.text("www/fullchain.pem") == certificate.pem.joined())
        #expect(try bench.text("www/key.pem") == certificate.keyPEM)
    }

    @Test func `rights are as told, whatever the umask, and a key is never for others`() async throws {
        let bench = try Bench()
        var target = bench.web
        let certificate = try await DeployableCertificate.made()
        for (mode, key, folder) in [(0o640, 0o640, 0o750), (0o666, 0o660, 0o755), (0o600, 0o600, 0o700)] {
            target.mode = UInt16(mode)
            let version = try await bench.deployments().publish(certificate, to: target)
            #expect(try bench.mode("www/certificate.pem") == mode)
            #expect(try bench.mode("www/fullchain.pem") == mode)
            #expect(try bench.mode("www/key.pem") == key)
            #expect(try bench.mode("www.versions/\(version.name)") == folder)
            #expect(try bench.mode("www.versions") == folder)
        }
    }

    @Test func `folders on the way have the rights of the target, unless they are there already`() async throws {
        let bench = try Bench()
        try FileManager.default.createDirectory(
            atPath: "\(bench.folder)/there", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        var target = bench.target(.folder(path: "\(bench.folder)/there/a/b/{name}"))
        let certificate = try await DeployableCertificate.made()
        _ = try await bench.deployments().publish(certificate, to: target)
        #expect(try bench.mode("there/a") == 0o750)
        #expect(try bench.mode("there/a/b") == 0o750)
        target.mode = 0o644
        _ = try await bench.deployments().publish(certificate, to: target)
        #expect(try bench.mode("there/a/b/www.example.org.versions") == 0o755)
        #expect(try bench.mode("there") == 0o711)
        #expect(try bench.mode("there/a") == 0o750)
    }

    @Test func `folders on the way belong to the group that may read the files`() async throws {
        let bench = try Bench()
        var target = bench.target(.folder(path: "\(bench.folder)/a/b/{name}"))
        // Only root gives files to any group; others give them to theirs.
        var groups = [gid_t](repeating: getegid(), count: 128)
        let other = groups.prefix(Int(max(0, getgroups(128, &groups)))).last { $0 != getegid() }
        let group = try #require(getgrgid(other ?? getegid()).map { String(cString: $0.pointee.gr_name) })
        target.group = getuid() == 0 ? "daemon" : group
        _ = try await bench.deployments().publish(try await DeployableCertificate.made(), to: target)
        for name in ["a", "a/b", "a/b/www.example.org.versions"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(bench.folder)/\(name)")
            #expect(attributes[.groupOwnerAccountName] as? String == target.group)
        }
    }

    @Test func `owner and group are found by their names`() async throws {
        let bench = try Bench()
        let certificate = try await DeployableCertificate.made()
        var target = bench.web
        let mine = try FileManager.default.attributesOfItem(atPath: bench.folder)
        target.owner = try #require(mine[.ownerAccountName] as? String)
        target.group = try #require(mine[.groupOwnerAccountName] as? String)
        _ = try await bench.deployments().publish(certificate, to: target)
        target.owner = "nobody-of-this-name"
        await fails("there is no user nobody-of-this-name on this host", for: certificate, target, bench)
        target.owner = nil
        target.group = "nobody-of-this-name"
        await fails("there is no group nobody-of-this-name on this host", for: certificate, target, bench)
    }

    @Test func `what is there already is not written again`() async throws {
        let bench = try Bench()
        let certificate = try await DeployableCertificate.made()
        let deployments = bench.deployments()
        let first = try await deployments.publish(certificate, to: bench.web)
        let again = try await deployments.publish(certificate, to: bench.web)
        #expect(again == first)
        #expect(try bench.names("www.versions") == [first.name])
    }

    @Test(arguments: ["key.pem", "chain.pem"])
    func `what was damaged, taken away or opened to others is written again`(_ name: String) async throws {
        let bench = try Bench()
        let certificate = try await DeployableCertificate.made()
        let harm: [(String) throws -> Void] = [
            { try Data("x".utf8).write(to: URL(filePath: $0)) }, { try FileManager.default.removeItem(atPath: $0) },
            { try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: $0) },
        ]
        for harm in harm {
            let before = try await bench.deployments().publish(certificate, to: bench.web)
            try harm("\(bench.folder)/www/\(name)")
            let after = try await bench.deployments().publish(certificate, to: bench.web)
            #expect(after.name > before.name)
            #expect(try bench.text("www/key.pem") == certificate.keyPEM)
            #expect(try bench.text("www/chain.pem") == certificate.pem[1])
            #expect(try bench.mode("www/\(name)") == 0o640)
        }
    }

    @Test func `a key that is not the certificate's is refused`() async throws {
        let bench = try Bench()
        var certificate = try await DeployableCertificate.made()
        certificate.key = try await DeployableCertificate.made().key
        await fails(
            "www.example.org: the private key does not belong to the certificate", for: certificate, bench.web, bench)
        #expect(try bench.names("").isEmpty)
    }

    @Test(arguments: ["folder", "file", "link"])
    func `what somebody else put there stays, with nothing beside it`(_ kind: String) async throws {
        let bench = try Bench()
        let path = "\(bench.folder)/www"
        switch kind {
        case "folder": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        case "file": try Data("theirs".utf8).write(to: URL(filePath: path))
        default: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "www.versions/../other")
        }
        await fails(
            "\(path) is there already, and not from publicca: move it away, or give the target another path",
            for: try await .made(), bench.web, bench)
        #expect(try bench.names("") == ["www"])
    }

    @Test func `a place that cannot be is said clearly, and a path never leaves its folder`() async throws {
        let bench = try Bench()
        try Data().write(to: URL(filePath: "\(bench.folder)/file"))
        let below = bench.target(.folder(path: "\(bench.folder)/file/www"))
        let failure = await #expect(throws: DeploymentFailure.self) {
            try await bench.deployments().publish(.made(), to: below)
        }
        #expect(failure?.description == "cannot look at \(bench.folder)/file/www: Not a directory")
        #expect(failure?.mayPass == false)
        let named = bench.target(.folder(path: "\(bench.folder)/new/{name}/live"))
        for name in ["..", ".", "", "a/../../b", "a\u{0}b"] {
            await fails(
                "target web: its path has {name} in it, and this common name cannot be part of a path",
                for: try await .made(name), named, bench)
        }
        _ = try await bench.deployments().publish(.made("*.example.org"), to: named)
        #expect(try bench.names("new/_wildcard.example.org") == ["live", "live.versions"])
    }

    private func fails(
        _ words: String, for certificate: DeployableCertificate, _ target: DeploymentTarget, _ bench: Bench
    ) async {
        let failure = await #expect(throws: DeploymentFailure.self) {
            try await bench.deployments().publish(certificate, to: target)
        }
        #expect(failure?.description == words && failure?.mayPass == false, "\(String(describing: failure))")
    }
}
