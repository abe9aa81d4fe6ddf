// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleModel

extension Composition {
    /// What to do about an inventory that is full.
    var roomHint: String {
        "raise inventory.limit in \(home.configurationFile), or drop a certificate with: publicca certificate delete ID"
    }

    /// The limit, while it keeps certificates out.
    func fullAt(_ counts: Counts, _ now: Date) -> Int? {
        guard let limit = configuration.inventoryLimit else { return nil }
        let today = Counts.day(of: now)
        let live = counts.expiring.filter { $0.key >= today }.values.reduce(0, +)
        return live >= limit ? limit : nil
    }
}
