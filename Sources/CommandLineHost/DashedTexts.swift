// SPDX-License-Identifier: Apache-2.0

/// Lets texts begin with a dash.
///
/// The parser looks for global options everywhere, so that `--comments -v` would make a command verbose and lose the
/// comment. Joined as `--comments=-v`, the text belongs to its option beyond doubt.
enum DashedTexts {
    /// Options whose value is free text, and is always there.
    private static let options: Set<String> = [
        "--comments", "--reason", "--order-key", "--field", "--set", "--secret", "--password", "--keystore-password",
        "--placed", "--profile", "--organization", "--name",
    ]

    static func joined(_ arguments: [String]) -> [String] {
        var joined: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" { return joined + [word] + rest }
            guard options.contains(word), let value = rest.first, value.hasPrefix("-"), value.count > 1 else {
                joined.append(word)
                continue
            }
            rest.removeFirst()
            joined.append("\(word)=\(value)")
        }
        return joined
    }
}
