// SPDX-License-Identifier: Apache-2.0

import PublicCA

extension ProviderCheck {
    static let orderChecks = [
        ProviderCheck("a placed order can be read by its reference") { bench in
            let order = try await bench.provider.place(try await bench.request())
            _ = try await bench.snapshot(of: order)
        },
        ProviderCheck("a reference means the same to an account opened anew") { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            let first = try await bench.snapshot(of: order)
            let other = try await bench.fixture.open()
            let second = try await bench.snapshot(of: OrderReference(order.rawValue), by: other)
            try bench.expect(first.state == second.state, "\(first.wording), then \(second.wording)")
        },
        ProviderCheck("the CA's own word for a state is kept") { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            try bench.expect(try await !bench.snapshot(of: order).wording.isEmpty, "the wording is empty")
        },
        ProviderCheck("a word that nobody knows is an answer, and is kept") { bench in
            let order = try await bench.provider.place(try await bench.request())
            let snapshot = try await bench.snapshot(of: order, by: bench.provoked(.unknownWord))
            try bench.expect(
                snapshot.state == .unrecognized && !snapshot.wording.isEmpty,
                "state \(snapshot.state), wording \"\(snapshot.wording)\"")
        },
        ProviderCheck("two orders have two references") { bench in
            let first = try await bench.provider.place(try await bench.request())
            let second = try await bench.provider.place(try await bench.request())
            try bench.expect(first != second, "both are \(first)")
        },
        ProviderCheck("an order says what it is for, as far as it says anything") { bench in
            let request = try await bench.request()
            let details = try await bench.details(of: request)
            let differences = details.differences(from: request)
            try bench.expect(differences.isEmpty, differences.joined(separator: "; "))
        },
        ProviderCheck("an order's comments come back as they were written, without its key") { bench in
            var request = try await bench.request()
            if request.comments.isEmpty { request.comments = CheckBench.comments }
            let comments = try await bench.details(of: request).comments
            if comments.isEmpty { throw Inapplicable("the CA does not show comments") }
            try bench.expect(comments == request.comments, "they are \"\(comments)\"")
        },
        ProviderCheck("an order's key is its own, where it is shown") { bench in
            let request = try await bench.request()
            _ = try await bench.provider.place(try await bench.request())
            let order = try await bench.provider.place(request)
            _ = try await bench.provider.place(try await bench.request())
            guard let key = try await bench.snapshot(of: order).key else {
                throw Inapplicable("the CA does not show it")
            }
            try bench.expect(key == request.key, "it is \(key)")
        },
        ProviderCheck("a pending order is not issued") { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            if case .issued = try await bench.snapshot(of: order).state { throw Observation("it is") }
        },
        ProviderCheck("an order that is ready takes its signing request and is issued", needs: [.finalizing]) { bench in
            let (order, request) = try await bench.readyToFinalize()
            try await bench.capability(bench.provider.finalizing).finalize(order, with: request.signingRequest)
            _ = try await bench.collect(order, for: request)
        },
    ]

    static let certificateChecks = [
        ProviderCheck("a certificate has the key that was asked for") { bench in
            _ = try await bench.obtain()
        },
        ProviderCheck("a certificate has all names that were asked for") { bench in
            let obtained = try await bench.obtain()
            for name in obtained.request.alternativeNames {
                try bench.expect(DERText.certificate(obtained.leaf, names: name), "\(name.text) is missing")
            }
        },
        ProviderCheck("a certificate comes with its issuers") { bench in
            let obtained = try await bench.obtain()
            let chain = try await bench.snapshot(of: obtained.known.certificate).chain
            try bench.expect((chain?.certificates.count ?? 0) > 1, "the leaf came alone")
        },
        ProviderCheck("a certificate's serial number is the leaf's, and it is valid") { bench in
            let obtained = try await bench.obtain()
            let snapshot = try await bench.snapshot(of: obtained.known.certificate)
            try bench.expect(snapshot.isNotOver, "it is \(snapshot.wording)")
            try bench.expect(
                snapshot.serialNumber == nil || snapshot.serialNumber == obtained.known.serialNumber,
                "it is \(snapshot.serialNumber?.rawValue ?? "")")
        },
    ]
}

extension CheckBench {
    fileprivate func details(of request: OrderRequest) async throws -> OrderDetails {
        guard let details = try await snapshot(of: provider.place(request)).details else {
            throw Inapplicable("the CA does not tell")
        }
        return details
    }

    /// An order that waits for its CSR.
    func readyToFinalize() async throws -> (OrderReference, OrderRequest) {
        let request = try await request(.finalizing)
        let order = try await provider.place(request)
        try await expectSoon {
            let state = try await snapshot(of: order).state
            return state == .readyToFinalize ? nil : "it is never ready, but \(state)"
        }
        return (order, request)
    }
}

extension OrderDetails {
    /// What contradicts the request. Names have to be told; what else a CA leaves out is no contradiction.
    fileprivate func differences(from request: OrderRequest) -> [String] {
        let differences: [(Bool, String)] = [
            (commonName != request.commonName, "it is for \(commonName)"),
            (
                Set(alternativeNames) != Set(request.alternativeNames),
                "its names are \(alternativeNames.map(\.text))"
            ),
            (profile.map { $0 != request.profile } ?? false, "its profile is \(profile?.rawValue ?? "")"),
            (
                organization.map { $0 != request.organization } ?? false,
                "its organization is \(organization?.rawValue ?? "")"
            ),
            (term.map { $0 != request.term } ?? false, "its term is \(term ?? 0)"),
            (
                !requesterEmails.isEmpty && Set(requesterEmails) != Set(request.requesterEmails),
                "its requesters are \(requesterEmails)"
            ),
            (
                fields.contains { name, value in request.fields[name].map { $0 != value } ?? false },
                "its fields are \(fields)"
            ),
        ]
        return differences.filter(\.0).map(\.1)
    }
}
