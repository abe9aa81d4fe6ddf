// SPDX-License-Identifier: Apache-2.0

/// Settings that belong to no single CA.
public enum GenericSettings {
    /// The engine's: how long a write may take, counted from its intent.
    public static let writeDeadline = SettingKey<Duration>(
        "write-deadline", help: "how long placing an order may take, from 1s to 1h", default: .seconds(60),
        in: .seconds(1) ... .seconds(3600))
    /// The engine's: how long after a lost answer "no such order" is not believed.
    public static let settleTime = SettingKey<Duration>(
        "settle-time", help: "how long a fresh order may be missing from a lookup, at most 1d", default: .seconds(60),
        in: .zero ... .seconds(86400))

    /// For every provider.
    static let common = [writeDeadline.description, settleTime.description]
}
