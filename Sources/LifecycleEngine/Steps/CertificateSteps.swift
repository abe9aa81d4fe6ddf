// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Looks whether the CA still says of a certificate what is on record.
extension LifecycleEngine {
    func stepCertificate(_ item: WorkItem) async throws(RepositoryError) {
        guard let certificate = try await repository.certificate(CertificateID(item.subject.id)) else {
            return try await drop(item)
        }
        guard let account = try await open(for: item) else { return }
        let provider = account.provider
        let reference = certificate.reference
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [.remove(item.subject, task: item.task)]
        let name = certificate.facts.commonName
        var pause: String?
        switch await read({ () async throws(ProviderError) in try await provider.certificate(reference) }) {
        case .success(let snapshot):
            var seen = certificate
            // Where the reference has passed on, what is shown is another certificate.
            if snapshot.serialNumber == nil || snapshot.serialNumber == certificate.facts.serialNumber {
                seen.adopt(snapshot.state)
            }
            if seen != certificate {
                changes.puts = [.certificate(seen)]
                changes.journal = [journal(item.subject, name: name, seen.status.rawValue, snapshot.wording)]
            }
        case .failure(let error):
            changes.journal = [journal(item.subject, name: name, "check", error.description)]
            if error.disposition == .account { pause = error.description }
            emit(.deferred(item.subject, step: item.step, reason: error.description))
        }
        try await commit(changes, pausing: item.account, because: pause)
        emit(.stepped(item.subject, step: item.step, note: "checked"))
    }

    func checkWork(_ certificate: CertificateID, account: String, at due: Date) -> WorkItem {
        WorkItem(subject: .certificate(certificate), account: account, step: "check", due: due)
    }
}
