// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Looks whether the CA still says of a certificate what is on record.
extension LifecycleEngine {
    func stepCertificate(_ item: WorkItem) async throws(RepositoryError) {
        guard let certificate = try await repository.certificate(CertificateID(item.subject.id)),
            try await repository.account(item.account) != nil
        else { return try await drop(item) }
        guard item.step == Self.check else { return try await leave(item) }
        guard let account = try await open(for: item) else { return }
        let provider = account.provider
        let reference = certificate.reference
        switch await read({ () async throws(ProviderError) in try await provider.certificate(reference) }) {
        case .success(let snapshot): try await checked(certificate, snapshot, item, account)
        case .failure(let error): try await checkFailed(certificate, error, item)
        }
    }

    private func checked(
        _ certificate: IssuedCertificate, _ snapshot: CertificateSnapshot, _ item: WorkItem, _ account: OpenedAccount
    ) async throws(RepositoryError) {
        var changes = try await outcome(of: certificate, shownAs: snapshot, account)
        changes.claimed = item
        changes.work.append(.remove(item.subject, task: item.task))
        try await repository.commit(changes)
        emit(.stepped(item.subject, step: item.step, note: "checked"))
    }

    /// A look that fails for now is taken again: what an import noticed is noticed once only.
    private func checkFailed(
        _ certificate: IssuedCertificate, _ error: ProviderError, _ item: WorkItem
    ) async throws(RepositoryError) {
        var later: Duration?
        var tried = certificate
        switch error.disposition {
        case .account: later = .zero
        case .transient(let retryAfter):
            later = options.retry.afterFailure(tried.failures, at: time.now()).map { max($0, retryAfter ?? .zero) }
            tried.failures.extend(at: time.now())
        case .ambiguous, .rejected, .notFound: tried.failures.end()
        }
        var changes = ChangeSet()
        changes.claimed = item
        if let later {
            let due = time.now().advanced(by: later)
            changes.work = [.put(checkWork(certificate.id, account: item.account, at: due))]
        } else {
            tried.failures.end()
            changes.work = [.remove(item.subject, task: item.task)]
        }
        if tried != certificate { changes.puts = [.certificate(tried)] }
        // An outage is told once, not with each look.
        if later == nil || certificate.failures.count == 0 {
            changes.journal = [
                journal(
                    item.subject, name: certificate.facts.commonName, Self.check, error.description,
                    answer: error.answer)
            ]
        }
        try await commit(
            changes, pausing: item.account, because: error.disposition == .account ? error.description : nil)
        emit(.deferred(item.subject, step: item.step, reason: error.description))
    }

    static let check = "check"

    func checkWork(_ certificate: CertificateID, account: String, at due: Date) -> WorkItem {
        WorkItem(subject: .certificate(certificate), account: account, step: Self.check, due: due)
    }
}
