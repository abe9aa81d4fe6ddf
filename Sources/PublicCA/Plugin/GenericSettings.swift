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

    /// The transport's: a root certificate that is trusted beside those of the system.
    public static let extraRoot = SettingKey<String>(
        file: "extra-root", help: "PEM file of a root certificate to trust beside the system's")
    /// The transport's: where the environment's `https_proxy` is not the right one. Settings are kept in clear: one that
    /// holds a password is refused.
    public static let proxy = SettingKey<String>(
        "proxy", help: "address of the proxy to use instead of the environment's, its password apart as proxy-password",
        parse: { text in
            let login = text.lastIndex(of: "@").map { text[..<$0] } ?? ""
            let user = login.firstRange(of: "://").map { login[$0.upperBound...] } ?? login
            return user.contains(":") ? nil : text
        })
    /// The transport's: what goes with the user in ``proxy``.
    public static let proxyPassword = SettingKey<Secret>(
        secret: "proxy-password", help: "password of the user that the setting proxy names")
    /// The transport's: what the account logs in with during the TLS handshake. A provider may read it to see that it
    /// does.
    public static let clientCertificate = SettingKey<String>(
        file: "client-certificate", help: "PEM file of the certificate to log in with, its chain included")
    /// The transport's: the private key of ``clientCertificate``.
    public static let clientKey = SettingKey<Secret>(
        secret: "client-key", help: "private key of the client certificate, in PEM")
    /// The transport's: the most requests that wait for an answer at once, for each process.
    public static let requestsInFlight = SettingKey<Int>(
        "requests-in-flight", help: "the most requests at once, from 1 to 256", default: 8,
        parse: { text in Int(text).flatMap { (1...256).contains($0) ? $0 : nil } })
    /// The transport's: the most requests that are begun in a second, for each process; without it as many as the CA
    /// bears.
    public static let requestsPerSecond = SettingKey<Double>(
        "requests-per-second", help: "the most requests begun in a second, such as 5 or 0.5",
        parse: { text in Double(text).flatMap { $0.isFinite && $0 > 0 ? $0 : nil } })

    /// For every provider.
    static let common = [writeDeadline.description, settleTime.description]
    /// The transport's, all together: for every provider that speaks HTTP.
    public static let http = [
        extraRoot.description, proxy.description, proxyPassword.description, clientCertificate.description,
        clientKey.description, requestsInFlight.description, requestsPerSecond.description,
    ]
}
