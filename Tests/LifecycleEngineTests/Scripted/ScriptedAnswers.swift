// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import PublicCA
import Synchronization

/// What engines told, in order.
final class ScriptedEvents: Sendable {
    private let events = Mutex<[EngineEvent]>([])

    var all: [EngineEvent] { events.withLock { $0 } }
    func append(_ event: EngineEvent) { events.withLock { $0.append(event) } }
}

extension OrderSnapshot {
    static func scripted(_ state: OrderState, key: String? = nil) -> OrderSnapshot {
        OrderSnapshot(
            state: state, wording: "the CA's word", details: ScriptedLab.details(), key: key.map { OrderKey($0) })
    }
}

extension CertificateSnapshot {
    /// The chain of a leaf that is told by its text; without one, only what the CA says of it.
    static func scripted(_ text: String?, _ state: CertificateState = .valid) -> CertificateSnapshot {
        CertificateSnapshot(
            state: state, wording: "the CA's word",
            chain: text.map { CertificateChain(certificates: [Data($0.utf8)]) })
    }
}

extension ScriptedCA {
    /// Issued orders of these references, each with a certificate whose text is its reference.
    func issues(_ references: [String], version: String = "1") {
        set { script in
            script.rows = references.map {
                OrderRow(order: OrderReference($0), certificate: nil, version: version)
            }
            script.order = { .success(.scripted(.issued(CertificateReference($0.rawValue)))) }
            script.certificate = { .success(.scripted("www.example.org \($0)")) }
        }
    }
}
