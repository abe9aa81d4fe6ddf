// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// A home that was put back from a backup, while its former life went on after that.
struct FormerLifeTests {
    /// The home as its backup knows it, with one certificate and auto-renewal.
    private func home(_ name: String = "www.example.org") async throws -> (Laboratory, IssuedCertificate) {
        let lab = try await Laboratory()
        let certificate = try await lab.issued(name)
        try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true), ofAccount: "test")
        // So that what replaces it ends on the same day.
        lab.time.advance(by: .seconds(3600))
        return (lab, certificate)
    }

    /// The former life of the home, as the CA sees it: it buys without leaving a trace in the backup.
    private func former(_ lab: Laboratory) async throws -> EngineLab {
        try await EngineLab(ca: lab.ca, time: lab.time, options: EngineOptions(worker: "former"), repository: nil)
    }

    /// Orders a certificate in the former life, until it is there.
    private func order(_ name: String, _ lab: Laboratory) async throws {
        let former = try await former(lab)
        let order = try await former.engine.order(Laboratory.wish(name))
        for _ in 0..<10 where try await former.repository.order(order.id)?.phase != .completed {
            try await former.engine.pass()
            lab.time.advance(by: .seconds(30))
        }
    }

    private func revoke(_ certificate: IssuedCertificate, _ lab: Laboratory) async throws {
        _ = try await lab.ca.provider.revoke(
            RevocationRequest(
                certificate: certificate.reference, serialNumber: certificate.facts.serialNumber, reason: .superseded,
                comments: "in the portal"))
    }

    private func isBehind(_ lab: Laboratory) async throws -> Bool {
        try #require(try await lab.repository.account("test")).isBehind
    }

    @Test(arguments: ["www.example.org", "*.example.org"])
    func `what the former life bought for a revoked certificate is not bought again`(_ name: String) async throws {
        let (lab, certificate) = try await home(name)
        try await revoke(certificate, lab)
        try await order(name, lab)
        #expect(lab.ca.placedOrders.count == 2)
        #expect(try await lab.engine.doubtAfterRestore().imports == ["test"])
        try await lab.live(days: 3)
        #expect(try await !isBehind(lab))
        #expect(try await lab.repository.certificate(certificate.id)?.status == .revoked)
        #expect(lab.ca.placedOrders.count == 2)
        let told = try await lab.engine.attention(at: lab.time.now()).filter { $0.kind == .keyLost }
        #expect(told.count == 1 && told.first?.name == name)
        await #expect(throws: LifecycleError.self) { try await lab.engine.renew(certificate.id) }
        #expect(lab.ca.placedOrders.count == 2)
    }

    @Test func `what nobody has replaced is replaced, once the CA's list is known`() async throws {
        let (lab, certificate) = try await home()
        try await revoke(certificate, lab)
        _ = try await lab.engine.doubtAfterRestore()
        await #expect(throws: LifecycleError.self) { try await lab.engine.renew(certificate.id) }
        try await lab.live(days: 3)
        #expect(lab.ca.placedOrders.count == 2)
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }

    @Test func `an import waits until what was sent last has had its time to appear`() async throws {
        let (lab, _) = try await home()
        _ = try await lab.engine.doubtAfterRestore()
        try await lab.engine.pass()
        lab.time.advance(by: .seconds(100))
        try await lab.engine.pass()
        #expect(lab.ca.calls(.listOrders) == 0)
        #expect(try await isBehind(lab))
        lab.time.advance(by: .seconds(30))
        try await lab.engine.pass()
        #expect(lab.ca.calls(.listOrders) > 0)
        #expect(try await !isBehind(lab))
    }

    @Test func `another machine waits by its own watch`() async throws {
        let (lab, _) = try await home()
        _ = try await lab.engine.doubtAfterRestore()
        lab.time.advance(by: .seconds(3600))
        let rival = try await lab.rival()
        try await rival.pass()
        #expect(lab.ca.calls(.listOrders) == 0)
        lab.time.advance(by: .seconds(130))
        try await rival.pass()
        #expect(try await !isBehind(lab))
    }

    @Test func `an order that cannot be read keeps an account behind, until a person takes it on`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1", "2"])
        _ = try await lab.engine.doubtAfterRestore()
        lab.ca.set { script in
            let issue = script.certificate
            script.certificate = { $0.rawValue == "2" ? .failure(.none) : issue($0) }
        }
        for _ in 0..<40 {
            try await lab.engine.pass()
            lab.time.advance(by: .seconds(30))
        }
        let account = try #require(try await lab.repository.account("main"))
        #expect(account.isBehind && account.restoration?.obstacle?.contains("1 orders") == true)
        let told = try await lab.engine.attention(at: lab.time.now()).filter { $0.kind == .accountBehind }
        #expect(told.first?.hint.contains("account resume main") == true)
        #expect(try await lab.engine.resumeAccount("main").isBehind == false)
    }
}
