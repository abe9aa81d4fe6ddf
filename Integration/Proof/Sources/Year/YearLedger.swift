// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleModel
import PublicCA
import Synchronization

/// Looks at every commit, and keeps when certificates were succeeded, what is wrong, and a digest of the whole journal.
final class YearLedger: Sendable {
    let breakage: Breakage?
    /// How long a replacement may take.
    private let replacement: TimeInterval
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    struct State {
        /// The certificates that are the newest of what is kept alive.
        fileprivate var lives: [CertificateID: Life] = [:]
        fileprivate var current: [ManagedCertificateID: CertificateID] = [:]
        fileprivate var due: [ManagedCertificateID: Date] = [:]
        fileprivate(set) var findings: [String] = []
        fileprivate(set) var successions = 0
        /// Came more than a day after they were due, as after an outage.
        fileprivate(set) var overdue = 0
        fileprivate(set) var late = 0
        fileprivate(set) var expired = 0
        /// The least that was left of a certificate when its successor was here.
        fileprivate(set) var leastDays: Double?
        fileprivate(set) var leastShare: Double?
        fileprivate(set) var replaced = 0
        /// From the revocation at the CA until the successor is here.
        fileprivate(set) var slowestReplacement: TimeInterval = 0
        fileprivate(set) var lines = 0
        fileprivate(set) var digest = ""
    }

    fileprivate struct Life {
        var name: String
        var begins: Date
        var ends: Date
        var revokedAt: Date?
    }

    init(breakage: Breakage?, replacement: TimeInterval, now: @escaping @Sendable () -> Date) {
        self.breakage = breakage
        self.replacement = replacement
        self.now = now
    }

    var found: State { state.withLock { $0 } }

    func find(_ finding: String) {
        state.withLock { $0.find(finding) }
    }

    func note(_ changes: ChangeSet) {
        let date = now()
        state.withLock { state in
            for put in changes.puts {
                switch put {
                case .certificate(let certificate): state.note(certificate)
                case .managed(let managed): state.note(managed, at: date, replacement)
                default: break
                }
            }
            for line in changes.journal { state.note(line) }
        }
    }
}

extension YearLedger.State {
    /// After this date a renewal is late: what `docs/Renewal.md` calls an emergency, a twelfth of the lifetime and no less
    /// than three days before the end.
    private static func margin(_ life: YearLedger.Life) -> TimeInterval {
        max(3 * 86400, life.ends.timeIntervalSince(life.begins) / 12)
    }

    mutating func find(_ finding: String) {
        if findings.count < 100, !findings.contains(finding) { findings.append(finding) }
    }

    fileprivate mutating func note(_ certificate: IssuedCertificate) {
        guard certificate.successor == nil else { return }
        lives[certificate.id] = YearLedger.Life(
            name: certificate.facts.commonName, begins: certificate.facts.notBefore, ends: certificate.facts.notAfter,
            revokedAt: certificate.status == .revoked ? certificate.revocation?.at : nil)
    }

    fileprivate mutating func note(_ managed: ManagedCertificate, at date: Date, _ replacement: TimeInterval) {
        let due = due.updateValue(managed.renewal?.dueAt ?? .distantFuture, forKey: managed.id) ?? .distantFuture
        guard let fresh = managed.current, current[managed.id] != fresh else { return }
        let former = current.updateValue(fresh, forKey: managed.id)
        guard let former, let life = lives.removeValue(forKey: former) else { return }
        successions += 1
        if let revokedAt = life.revokedAt {
            replaced += 1
            let length = date.timeIntervalSince(revokedAt)
            slowestReplacement = max(slowestReplacement, length)
            if length > replacement {
                find("\(life.name) was replaced \(Int(length / 86400)) days after its revocation")
            }
            return
        }
        let left = life.ends.timeIntervalSince(date)
        leastDays = min(leastDays ?? .infinity, left / 86400)
        leastShare = min(leastShare ?? .infinity, left / life.ends.timeIntervalSince(life.begins))
        if date.timeIntervalSince(due) > 86400 { overdue += 1 }
        if left < 0 { expired += 1 }
        if left < Self.margin(life) {
            late += 1
            find("\(life.name) was renewed late: \(Int(left / 3600)) h before its end, on \(date)")
        }
    }

    /// Whatever depends on keys is left out: those are made anew each time.
    fileprivate mutating func note(_ line: JournalEntry) {
        lines += 1
        let moment = Int(line.at.timeIntervalSince1970 * 1000)
        let text = "\(digest)\n\(moment) \(line.subject) \(line.event) \(line.detail) \(line.actor.rawValue)"
        digest = Fingerprint.sha256(Data(text.utf8))
    }
}
