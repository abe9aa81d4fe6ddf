// SPDX-License-Identifier: Apache-2.0

import Deployments
import Foundation
import LifecycleModel
import Programs
import PublicCA
import Testing

struct KeystoreTests {
    /// Runs a tool of others. Where it is missing the test is cancelled, and in CI it fails.
    private func tool(_ name: String, _ arguments: String...) async throws -> (status: Int32, text: String) {
        let environment = ProcessInfo.processInfo.environment
        let folders = environment["PATH", default: "/usr/bin:/bin"].split(separator: ":")
        if !folders.contains(where: { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }) {
            if environment["CI"] != nil { Issue.record("\(name) is not installed") }
            try Test.cancel("\(name) is not installed")
        }
        let ending = try await Program(name, arguments, environment: environment, outputLimit: 100_000).run()
        return (ending.status, String(decoding: ending.output + ending.error, as: UTF8.self))
    }

    @Test func `a JKS under the target's own password is read by keytool`() async throws {
        let bench = try Bench()
        let certificate = try await DeployableCertificate.made(password: "not-this-one")
        let target = bench.target(
            .keystore(path: "\(bench.folder)/www.jks", format: .jks, password: .environment("own-password")))
        _ = try await bench.deployments().publish(certificate, to: target)
        let listed = try await tool(
            "keytool", "-list", "-v", "-keystore", "\(bench.folder)/www.jks", "-storetype", "jks", "-storepass",
            "own-password")
        #expect(listed.status == 0 && listed.text.contains("Alias name: www.example.org"), "\(listed.text)")
        #expect(listed.text.replacing(":", with: "").lowercased().contains(certificate.sha256))
    }

    @Test func `a PKCS#12 under the certificate's password is read by openssl`() async throws {
        let bench = try Bench()
        let certificate = try await DeployableCertificate.made(password: "its-password")
        let path = "\(bench.folder)/www.p12"
        _ = try await bench.deployments().publish(
            certificate, to: bench.target(.keystore(path: path, format: .pkcs12, password: nil)))
        let opened = try await tool("openssl", "pkcs12", "-in", path, "-nodes", "-passin", "pass:its-password")
        #expect(opened.status == 0 && opened.text.contains(certificate.keyPEM), "\(opened.status)")
        #expect(certificate.pem.allSatisfy { opened.text.contains($0) })
    }

    @Test func `a keystore is one file behind a link, and is not written twice`() async throws {
        let bench = try Bench()
        var target = bench.target(
            .keystore(path: "\(bench.folder)/www.p12", format: .pkcs12, password: .environment("own-password")))
        target.mode = 0o644
        let certificate = try await DeployableCertificate.made()
        let version = try await bench.deployments().publish(certificate, to: target)
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: "\(bench.folder)/www.p12")
                == "www.p12.versions/\(version.name)/www.p12")
        #expect(try bench.mode("www.p12.versions/\(version.name)/www.p12") == 0o644)
        #expect(try await bench.deployments().publish(certificate, to: target) == version)
        #expect(try bench.names("www.p12.versions").count == 1)
        // Under another password it is another one.
        target.place = .keystore(
            path: "\(bench.folder)/www.p12", format: .pkcs12, password: .environment("new-password"))
        #expect(try await bench.deployments().publish(certificate, to: target).name > version.name)
    }

    @Test func `another format on the same path is another keystore`() async throws {
        let bench = try Bench()
        let path = "\(bench.folder)/www.store"
        func target(_ format: KeystoreFormat) -> DeploymentTarget {
            bench.target(.keystore(path: path, format: format, password: .environment("own-password")))
        }
        let certificate = try await DeployableCertificate.made()
        let first = try await bench.deployments().publish(certificate, to: target(.pkcs12))
        let second = try await bench.deployments().publish(certificate, to: target(.jks))
        #expect(second.name > first.name)
        let magic = Data([0xfe, 0xed, 0xfe, 0xed])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).prefix(4) == magic)
        #expect(try await bench.deployments().publish(certificate, to: target(.jks)) == second)
    }

    @Test func `a PEM keystore holds all in one file that is not for others`() async throws {
        let bench = try Bench()
        var target = bench.target(.keystore(path: "\(bench.folder)/www.pem", format: .pem, password: nil))
        target.mode = 0o644
        let certificate = try await DeployableCertificate.made(password: "its-password")
        let version = try await bench.deployments().publish(certificate, to: target)
        #expect(try bench.text("www.pem") == certificate.keyPEM + certificate.pem.joined())
        #expect(try bench.mode("www.pem.versions/\(version.name)/www.pem") == 0o640)
    }

    @Test func `without a password there is no keystore`() async throws {
        let bench = try Bench()
        let target = bench.target(.keystore(path: "\(bench.folder)/www.jks", format: .jks, password: nil))
        let failure = await #expect(throws: DeploymentFailure.self) {
            try await bench.deployments().publish(.made(), to: target)
        }
        #expect(failure?.mayPass == false)
        #expect(
            failure?.description
                == "there is no password for the keystore of target web: give it one, or www.example.org a keystore with one"
        )
        #expect(try bench.names("").isEmpty)
    }
}
