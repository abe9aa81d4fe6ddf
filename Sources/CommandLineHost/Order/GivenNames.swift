// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine

/// The names that were given beside the common name.
enum GivenNames {
    /// Each once. The common name among them says nothing new, wherever it stands; any other that comes twice is a slip.
    ///
    /// - Parameter commonName: `nil` where it is not said anew.
    static func distinct(_ names: [String], commonName: String?, _ problems: inout ProblemList) -> [String] {
        let common = commonName.map { Finder.normalized($0) }
        var met: Set<String> = []
        var distinct: [String] = []
        for name in names {
            let normalized = Finder.normalized(name)
            guard met.insert(normalized).inserted else {
                problems.add("name \(normalized) is given twice", hint: "give it once")
                continue
            }
            if normalized != common { distinct.append(name) }
        }
        return distinct
    }
}
