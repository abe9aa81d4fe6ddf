// SPDX-License-Identifier: Apache-2.0

/// One certificate that somebody wants, and asks for until the wish is on record.
package struct KillingWish: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case order = "new"
        case renewal, reissue
    }

    package var kind: Kind
    var name: String
    /// The order key that the command is repeated with; without one, whoever repeats it looks at what is on record first.
    var key: String?
    /// How often a command for it is killed.
    package var kills: Int
    /// What chance follows for it; another one each time that it is put back.
    var seed: UInt64

    /// So many orders, with every fifth of them to be renewed and another fifth to be reissued later.
    ///
    /// - Parameter kills: of all of them together, about.
    package static func all(orders: Int, kills: Int, using random: inout SeededRandom) -> [KillingWish] {
        var wishes: [KillingWish] = []
        func add(_ kind: Kind, _ number: Int, isKeyed: Bool) {
            let name = "k\(number).example.com"
            wishes.append(
                KillingWish(
                    kind: kind, name: name, key: isKeyed ? "\(kind.rawValue)-\(number)" : nil, kills: 0,
                    seed: random.next()))
        }
        for number in 0..<orders { add(.order, number, isKeyed: true) }
        for number in 0..<orders where number % 5 == 1 { add(.renewal, number, isKeyed: number % 2 == 0) }
        for number in 0..<orders where number % 5 == 3 { add(.reissue, number, isKeyed: number % 2 == 0) }
        for _ in 0..<kills {
            if let index = wishes.indices.randomElement(using: &random) { wishes[index].kills += 1 }
        }
        return wishes
    }

    /// What is typed for it.
    ///
    /// - Parameter certificate: what is to be succeeded; an order needs none.
    func command(for certificate: String, isWaiting: Bool) -> [String] {
        let words: [String] =
            switch kind {
            case .order:
                [
                    "order", "create", "--account", "scm", "--profile", "Quick OV", "--organization", "Acme", "--key",
                    "ec-p256", "--name", name,
                ]
            case .renewal: ["certificate", "renew", certificate]
            case .reissue: ["certificate", "reissue", certificate, "--reason", "another key"]
            }
        return words + (key.map { ["--order-key", $0] } ?? []) + (isWaiting ? ["--wait", "5"] : [])
    }
}
