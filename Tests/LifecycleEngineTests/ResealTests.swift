// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization
import Testing

/// Everything is sealed anew under a new master key, whatever happens meanwhile.
struct ResealTests {
    private let old = MasterKey()
    private let new = MasterKey()
    private let time = TestTime()
    private let repository: MemoryRepository

    init() async throws {
        repository = MemoryRepository(now: time.now, digest: Fingerprint.sha256)
        try await fill()
    }

    /// Records of every kind that is sealed, more than fit on a page.
    private func fill() async throws {
        let sealer = Sealer(old)
        func seal(_ text: String, _ context: String) throws -> Data { try sealer.seal(Data(text.utf8), for: context) }
        var changes = ChangeSet()
        for number in 1...250 {
            let digest = PublicKeyDigest("key \(number)")
            changes.puts.append(
                .key(
                    SealedKey(
                        publicKey: digest, algorithm: .ecP256, sealed: try seal("\(number)", SealedFor.key(digest)),
                        createdAt: time.now())))
        }
        for (account, name) in [("main", "token"), ("", "master-key"), ("", "journal")] {
            let context = SealedFor.memory(name, of: account)
            changes.puts.append(
                .memory(MemoryRecord(account: account, name: name, revision: 0, sealed: try seal("{}", context))))
        }
        // What is not sealed at all.
        changes.puts.append(.memory(MemoryRecord(account: "", name: "inventory", revision: 0, sealed: Data())))
        let id = ManagedCertificateID("mgd_1")
        let choice = KeystoreChoice(format: .jks, sealedPassword: try seal("secret", SealedFor.keystore(of: id)))
        changes.puts.append(
            .managed(ManagedCertificate(id: id, account: "main", createdAt: time.now(), keystore: choice)))
        changes.puts.append(
            .managed(ManagedCertificate(id: ManagedCertificateID("mgd_2"), account: "main", createdAt: time.now())))
        let secrets: [String: SecretSource] = [
            "password": .sealed(try seal("secret", SealedFor.secret("password", of: "main"))),
            "token": .environment("TOKEN"),
        ]
        changes.puts.append(
            .account(
                AccountRecord(name: "main", provider: "mock", settings: [:], secrets: secrets, createdAt: time.now())))
        try await repository.commit(changes)
    }

    private func engine(over repository: some LifecycleRepository) throws -> LifecycleEngine {
        let keys = [new, old]
        let ring = try MasterKeyRing { () throws(MaterialError) in keys }
        return LifecycleEngine(
            repository: repository, accounts: NoAccounts(), material: Material(), sealing: Sealer(ring),
            digest: Fingerprint.sha256, time: EngineTime(now: time.now, clock: time.clock))
    }

    /// How many sealed parts there are; every one has to open, with one key alone where that is asked for.
    private func opened(with key: MasterKey? = nil) async throws -> Int {
        let keys = key.map { [$0] } ?? [new, old]
        let sealer = Sealer(try MasterKeyRing { () throws(MaterialError) in keys })
        let records: [StoredRecord] =
            try await repository.accounts().map { .account($0) }
            + (try await repository.keys(after: nil, limit: 1000)).items.map { .key($0) }
            + (try await repository.memories(after: nil, limit: 1000)).items.map { .memory($0) }
            + (try await repository.managed(ManagedQuery())).items.map { .managed($0) }
        var count = 0
        for record in records {
            for (context, sealed) in record.record.sealedParts {
                _ = try sealer.open(sealed, for: context)
                count += 1
            }
        }
        return count
    }

    @Test func `everything is sealed anew, once`() async throws {
        let engine = try engine(over: repository)
        let counts = try await engine.reseal(under: new.name, retiring: [old.name])
        #expect(counts.keys == 250 && counts.memories == 3)
        #expect(counts.keystorePasswords == 1 && counts.accountSecrets == 1)
        #expect(try await opened(with: new) == 255)
        #expect(try await engine.reseal(under: new.name, retiring: [old.name]) == .none)
        let lines = try await repository.journal(JournalQuery()).items
        #expect(lines.map(\.event) == ["keyRotation", "keyRotated", "keyRotation", "keyRotated"])
        #expect(lines[0].detail.contains(old.name) && lines[0].detail.contains(new.name))
    }

    @Test(arguments: [true, false])
    func `a stop before or after any commit loses nothing, and the next rotation ends it`(after: Bool) async throws {
        for commits in 0..<20 {
            let home = try await ResealTests()
            let (new, old) = (home.new.name, home.old.name)
            let dying = DyingRepository(inner: home.repository, commits: commits, isTaken: after)
            do {
                _ = try await home.engine(over: dying).reseal(under: new, retiring: [old])
                return #expect(commits > 5)
            } catch {
                #expect(try await home.opened() == 255, "after \(commits) commits")
                _ = try await home.engine(over: home.repository).reseal(under: new, retiring: [old])
                #expect(try await home.opened(with: home.new) == 255)
            }
        }
        Issue.record("it never came to an end")
    }

    @Test func `what was sealed with the old key before, and comes late, is refused and not lost`() async throws {
        let late = try Sealer(old).seal(Data("late".utf8), for: SealedFor.memory("late", of: "main"))
        _ = try await engine(over: repository).reseal(under: new.name, retiring: [old.name])
        var changes = ChangeSet()
        changes.puts = [.memory(MemoryRecord(account: "main", name: "late", revision: 0, sealed: late))]
        await #expect {
            try await repository.commit(changes)
        } throws: { error in
            guard case RepositoryError.conflict(let sentence) = error else { return false }
            return sentence.contains("memory main/late")
        }
    }

    @Test func `what others change meanwhile is sealed anew when it is looked at again`() async throws {
        let busy = BusyRepository(inner: repository, meddling: Mutex(3))
        _ = try await engine(over: busy).reseal(under: new.name, retiring: [old.name])
        #expect(try await opened(with: new) == 255)
        #expect(try await repository.account("main")?.settings["changed"] == "3")
    }

    @Test func `something that does not open is named, and both keys stay`() async throws {
        var record = try #require(try await repository.key(PublicKeyDigest("key 7")))
        record.sealed[record.sealed.count - 1] ^= 1
        var changes = ChangeSet()
        changes.puts = [.key(record)]
        try await repository.commit(changes)
        await #expect {
            try await engine(over: repository).reseal(under: new.name, retiring: [old.name])
        } throws: { error in
            guard let error = error as? LifecycleError else { return false }
            return error.code == .storage && error.message.contains("key key 7") && !error.message.contains("key key 8")
        }
        let lines = try await repository.journal(JournalQuery()).items
        #expect(lines.map(\.event) == ["keyRotation"])
    }
}

private struct NoAccounts: AccountOpening {
    func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider {
        throw LifecycleError(.configuration, "nobody asks a CA here")
    }
}

/// Takes so many commits, and is gone with the next, or right after it was taken.
private final class DyingRepository: ForwardingRepository {
    let inner: MemoryRepository
    private let left: Mutex<Int>
    private let isTaken: Bool

    init(inner: MemoryRepository, commits: Int, isTaken: Bool) {
        self.inner = inner
        self.left = Mutex(commits)
        self.isTaken = isTaken
    }

    func commit(_ changes: ChangeSet) async throws(RepositoryError) {
        let isLast = left.withLock { left in
            left -= 1
            return left < 0
        }
        if !isLast || isTaken { try await inner.commit(changes) }
        if isLast { throw .unavailable("gone") }
    }
}

/// Somebody changes the account each time before it is written.
private final class BusyRepository: ForwardingRepository {
    let inner: MemoryRepository
    private let meddling: Mutex<Int>

    init(inner: MemoryRepository, meddling: consuming Mutex<Int>) {
        self.inner = inner
        self.meddling = meddling
    }

    func commit(_ changes: ChangeSet) async throws(RepositoryError) {
        let isAccount = changes.puts.contains { if case .account = $0 { true } else { false } }
        if isAccount, var account = try await inner.account("main"), times() {
            account.settings["changed"] = "\((Int(account.settings["changed"] ?? "0") ?? 0) + 1)"
            var meddled = ChangeSet()
            meddled.puts = [.account(account)]
            try await inner.commit(meddled)
        }
        try await inner.commit(changes)
    }

    private func times() -> Bool {
        meddling.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}
