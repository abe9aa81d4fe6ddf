// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MockProvider
import PublicCA

extension Breakage {
    private static func reading(
        _ promise: String, _ edit: @escaping @Sendable (inout OrderSnapshot) -> Void
    ) -> Breakage {
        Breakage(promise) { broken in
            broken.onOrder = { (base, order) throws(ProviderError) in
                var snapshot = try await base.order(order)
                edit(&snapshot)
                return snapshot
            }
        }
    }

    private static func collecting(
        _ promise: String, in shape: Set<Mischief> = [],
        _ edit: @escaping @Sendable (inout CertificateSnapshot) -> Void
    ) -> Breakage {
        Breakage(promise, in: shape) { broken in
            broken.onCertificate = { (base, reference) throws(ProviderError) in
                var snapshot = try await base.certificate(reference)
                edit(&snapshot)
                return snapshot
            }
        }
    }

    private static let contents = "an order says what it is for, as far as it says anything"

    static let orderBreakages = [
        Breakage("a placed order can be read by its reference") { broken in
            broken.onPlace = { (base, request) throws(ProviderError) in
                OrderReference(try await base.place(request).rawValue.lowercased())
            }
        },
        Breakage("a reference means the same to an account opened anew") { broken in
            let own = Recollection<Set<OrderReference>>([])
            broken.onPlace = { (base, request) throws(ProviderError) in
                let order = try await base.place(request)
                own.change { _ = $0.insert(order) }
                return order
            }
            broken.onOrder = { (base, order) throws(ProviderError) in
                guard own.change({ $0.contains(order) }) else { throw ProviderError(.notFound, "not mine") }
                return try await base.order(order)
            }
        },
        reading("the CA's own word for a state is kept") { $0.wording = "" },
        Breakage("a word that nobody knows is an answer, and is kept") { broken in
            broken.onOrder = { (base, order) throws(ProviderError) in
                let snapshot = try await base.order(order)
                if snapshot.state == .unrecognized { throw .misjudged }
                return snapshot
            }
        },
        Breakage("two orders have two references") { broken in
            broken.onPlace = { (base, request) throws(ProviderError) in
                _ = try await base.place(request)
                return OrderReference("MO-1001")
            }
        },
        reading(contents) { $0.details?.alternativeNames = [] },
        reading(contents) { $0.details?.profile = ProfileID("Mock EV") },
        reading(contents) { $0.details?.term = 199 },
        reading(contents) { $0.details?.organization = OrganizationID("200") },
        reading(contents) { $0.details?.requesterEmails = ["carl@example.org"] },
        reading("an order's comments come back as they were written, without its key") {
            $0.details?.comments += " \($0.key?.rawValue ?? "")"
        },
        reading("an order's key is its own, where it is shown") { $0.key = OrderKey("somebody else's") },
        reading("a pending order is not issued") { $0.state = .issued(CertificateReference("MC-1001")) },
        Breakage("an order that is ready takes its signing request and is issued") { broken in
            broken.onFinalize = { (_, _, _) throws(ProviderError) in }
        },
        Breakage("a certificate has the key that was asked for", in: [.wrongKey]) { _ in },
        Breakage("a certificate has all names that were asked for", in: [.wrongNames]) { _ in },
        Breakage("a certificate has all names that were asked for") { broken in
            broken.onPlace = { (base, request) throws(ProviderError) in
                var other = request
                other.alternativeNames = request.alternativeNames.map { $0.text.contains(":") ? .ipAddress("::1") : $0 }
                return try await base.place(other)
            }
        },
        collecting("a certificate comes with its issuers") {
            $0.chain = $0.chain.map { CertificateChain(certificates: Array($0.certificates.prefix(1))) }
        },
        collecting("a certificate's serial number is the leaf's, and it is valid") {
            $0.serialNumber = SerialNumber("0102")
        },
        Breakage("what was never sent is absent") { broken in
            broken.onLocate = { (_, _) throws(ProviderError) in .found(OrderReference("MO-1001")) }
        },
        Breakage("an order is found by its key") { broken in
            broken.onLocate = { (_, _) throws(ProviderError) in .absent }
        },
    ]
}
