// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// Rows that are odd, and rows that come again.
struct ImportedRowTests {
    private func adds(_ report: ImportReport) -> Bool {
        report.listed == report.new + report.changed + report.unchanged + report.quarantined.count + report.deletedHere
    }

    @Test(arguments: [ProviderError.refused, .none])
    func `a certificate that is not to be had costs its row and no other`(_ error: ProviderError) async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1", "2", "3", "4", "5"])
        lab.ca.set { script in
            let issue = script.certificate
            script.certificate = { $0.rawValue == "3" ? .failure(error) : issue($0) }
        }
        let run = try await lab.imported()
        #expect(run.report.new == 4 && run.report.quarantined.map(\.reference) == ["3"] && adds(run.report))
        #expect(run.isFinished && run.problem == nil)
    }

    @Test func `a certificate that is not handed out at the moment is collected later, by itself`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1", "2"])
        lab.ca.set { script in
            let issue = script.certificate
            script.certificate = { $0.rawValue == "2" ? .failure(.busy) : issue($0) }
        }
        let run = try await lab.imported()
        #expect(run.report.new == 2 && adds(run.report))
        lab.ca.issues(["1", "2"])
        let order = try #require(
            try await lab.repository.order(account: "main", reference: OrderReference("2")))
        #expect(order.phase == .placed)
        #expect(try await lab.run(order, passes: 3).phase == .completed)
        #expect(try await lab.certificates().count == 2)
    }

    /// What was ordered elsewhere, and has ended since, is no question to a person.
    @Test(arguments: [nil, "www.example.org 1"])
    func `a certificate that was not handed out at first, and has ended, is taken as it is`(text: String?) async throws
    {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        lab.ca.set { $0.certificate = { _ in .failure(.busy) } }
        _ = try await lab.imported()
        lab.ca.set {
            $0.certificate = { _ in .success(.scripted(text, .revoked(Revocation(at: nil, reason: .superseded)))) }
        }
        let order = try #require(
            try await lab.repository.order(account: "main", reference: OrderReference("1")))
        let current = try await lab.run(order, passes: 3)
        #expect(current.phase == .completed && current.problem == nil && !current.isCertificateUnread)
        #expect(try await lab.certificates().map(\.status) == (text == nil ? [] : [.revoked]))
    }

    @Test func `a row that comes twice is one order`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1", "1", "2"])
        let run = try await lab.imported()
        #expect(run.report.new == 2 && run.report.unchanged == 1 && adds(run.report))
    }

    @Test func `two orders that show one certificate share its record`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1", "2"])
        lab.ca.set { $0.certificate = { _ in .success(.scripted("www.example.org")) } }
        let run = try await lab.imported()
        #expect(run.isFinished && run.report.new == 2)
        #expect(try await lab.certificates().count == 1)
    }

    @Test func `a revocation is noticed when the chain is no longer handed out`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        _ = try await lab.imported()
        lab.ca.issues(["1"], version: "2")
        lab.ca.set { $0.certificate = { _ in .success(.scripted(nil, .revoked(Revocation()))) } }
        _ = try await lab.imported()
        #expect(try await lab.certificates().map(\.status) == [.revoked])
    }

    @Test func `certificates that were left out come with the next import`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        _ = try await lab.imported(ImportOptions(withoutCertificates: true))
        #expect(try await lab.certificates().isEmpty)
        #expect(try await lab.imported(ImportOptions(withoutCertificates: true)).report.unchanged == 1)
        #expect(try await lab.imported().report.changed == 1)
        #expect(try await lab.certificates().count == 1)
        #expect(try await lab.imported().report.unchanged == 1)
    }

    @Test func `a certificate that was reissued at the CA follows the one that is here`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        _ = try await lab.imported()
        lab.ca.issues(["1"], version: "2")
        lab.ca.set { $0.certificate = { _ in .success(.scripted("www.example.org 1 again")) } }
        _ = try await lab.imported()
        let certificates = try await lab.certificates()
        let old = try #require(certificates.first { $0.successor != nil })
        let new = try #require(certificates.first { $0.successor == nil })
        #expect(old.successor == new.id && old.status == .replaced && old.isReferencePassedOn)
        #expect(try await lab.repository.managed(new.managed)?.current == new.id)
        try await lab.engine.delete(old.id)
        #expect(try await lab.certificates().map(\.id) == [new.id])
    }

    @Test func `what vanished is counted, and what was set aside did not vanish`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1", "2", "3"])
        _ = try await lab.imported()
        lab.ca.issues(["1", "3"], version: "2")
        lab.ca.set { script in
            let read = script.order
            script.order = { $0.rawValue == "3" ? .failure(.refused) : read($0) }
        }
        let report = try await lab.imported().report
        #expect(report.vanished == 1 && report.quarantined.count == 1 && adds(report))
    }
}
