// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// Which proxy leads to an address: the account's own, else the environment's, read as curl reads it.
struct ProxyChoice: Hashable, Sendable {
    var host: String
    var port: Int
    var isSOCKS: Bool
    var user: String?
    /// Never shown: `description` leaves it out.
    var password: String?

    /// - Parameters:
    ///   - setting: the account's; `none` for a direct connection whatever the environment says.
    ///   - target: the address of the API.
    ///
    /// Returns `nil` for a direct connection. Throws when a proxy is named that is none, and does not repeat it: it may
    /// hold a password.
    static func find(
        for target: URLComponents, setting: String?, environment: [String: String]
    ) throws(SettingError) -> ProxyChoice? {
        if let setting { return try written(setting) }
        let scheme = target.scheme ?? "https"
        // Upper-case HTTP_PROXY is left alone: a web server hands it to its programs from a request's header.
        let names = scheme == "http" ? ["http_proxy"] : ["https_proxy", "HTTPS_PROXY"]
        let variables = names + ["all_proxy", "ALL_PROXY"]
        guard let name = variables.first(where: { environment[$0]?.isEmpty == false }), let text = environment[name]
        else { return nil }
        let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        if isException(target.host ?? "", target.port, exceptions) { return nil }
        guard let choice = ProxyChoice(text) else {
            throw SettingError(["environment variable \(name) is not the address of a proxy"])
        }
        return choice
    }

    /// What the setting says; `nil` for `none`.
    static func written(_ setting: String) throws(SettingError) -> ProxyChoice? {
        guard setting != "none" else { return nil }
        guard let choice = ProxyChoice(setting) else {
            throw SettingError(["setting proxy is not the address of a proxy, such as http://proxy.example:3128"])
        }
        return choice
    }

    /// Reads `http://user:password@host:port`, `socks5://host:port` or `host:port`.
    init?(_ text: String) {
        guard let parts = URLComponents(string: text.contains("://") ? text : "http://\(text)"),
            let scheme = parts.scheme?.lowercased(), let host = parts.host, !host.isEmpty,
            ["http", "https", "socks5", "socks5h"].contains(scheme)
        else { return nil }
        self.host = host
        self.isSOCKS = scheme.hasPrefix("socks")
        self.port = parts.port ?? (isSOCKS ? 1080 : 3128)
        self.user = parts.user
        self.password = parts.password
    }

    /// `no_proxy`: names with everything below them, addresses, each perhaps with a port; `*` for all.
    private static func isException(_ host: String, _ port: Int?, _ list: String) -> Bool {
        let host = host.lowercased()
        return list.split(separator: ",").contains { entry in
            var name = entry.filter { $0 != " " }.lowercased()
            if name == "*" { return true }
            if let colon = name.lastIndex(of: ":"), name.count(where: { $0 == ":" }) == 1 {
                guard Int(name[name.index(after: colon)...]) == port else { return false }
                name = String(name[..<colon])
            }
            if name.hasPrefix(".") { name.removeFirst() }
            return !name.isEmpty && (host == name || host.hasSuffix(".\(name)"))
        }
    }
}

extension ProxyChoice: CustomStringConvertible {
    var description: String { "\(host):\(port)" }
}
