// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LifecycleEngine

/// The caller's own key, under which a wish is carried out once.
struct OrderKeyOption: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("Orders once, however often.", valueName: "text"))
    var orderKey: String?

    func check(_ problems: inout ProblemList) {
        guard let orderKey, orderKey.isEmpty || orderKey.count > 200 else { return }
        problems.add(
            "an order key has 1 to 200 characters, and this one has \(orderKey.count)",
            hint: "give --order-key a text of your own, such as a ticket's number, or leave it out")
    }
}
