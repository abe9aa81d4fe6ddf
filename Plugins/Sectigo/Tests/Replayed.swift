// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import PublicCATesting
import SectigoProvider

/// An account whose SCM is a file of recorded exchanges.
enum Replayed {
    static func open(
        over network: any HTTPTransport, now: @escaping @Sendable () -> Date = TestTime().now,
        password: String = "password"
    ) throws -> any PublicCAProvider {
        try ProviderPlugin.sectigo.open(
            ProviderContext(
                settings: ProviderSettings(
                    values: ["address": "https://scm.example/api", "user": "master", "customer-uri": "acme"],
                    secrets: ["password": Secret(password)]),
                transport: network, memory: TestMemory(), now: now))
    }
}
