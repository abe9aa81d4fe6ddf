// SPDX-License-Identifier: Apache-2.0

public import CertificateMaterial
import HostSupport
public import LifecycleEngine
import SQLiteRepository

extension CertificateDesk {
    /// One CA, one file: every part is chosen here.
    public static func open(
        database: String, masterKey: MasterKey, ca: any PublicCAProvider, profile: String,
        events: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) async throws -> CertificateDesk {
        let engine = LifecycleEngine(
            repository: try SQLiteRepository(path: database, digest: Fingerprint.sha256),
            accounts: SingleProvider(ca),
            material: Material(),
            sealing: Sealer(masterKey),
            digest: Fingerprint.sha256,
            emit: events)
        _ = try await engine.ensureAccount("ca", provider: "ca")
        return CertificateDesk(engine: engine, account: "ca", profile: profile)
    }

    /// The home of the command line: its accounts, its configuration, its master key.
    public static func open(home: String, account: String, profile: String) async throws -> CertificateDesk {
        let host = try await Composition.open(Home(path: home), providers: .builtin)
        return CertificateDesk(engine: host.engine, account: account, profile: profile)
    }
}
