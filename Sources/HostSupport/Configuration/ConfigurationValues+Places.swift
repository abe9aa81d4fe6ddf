// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import NIOCore
import PublicCA

/// Values that name something outside: files, hosts, programs, secrets.
extension ConfigurationValues {
    /// An absolute path, without what leads to the same place in another way.
    static func path(_ text: String) throws(Misfit) -> String {
        let parts = text.split(separator: "/").filter { $0 != "." }
        guard text.hasPrefix("/"), !parts.isEmpty, !parts.contains("..") else {
            throw Misfit("an absolute path such as /etc/tls/{name}")
        }
        return "/" + parts.joined(separator: "/")
    }

    static func address(_ text: String) throws(Misfit) -> String {
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()),
            let host = url.host(), !host.isEmpty, !text.contains(where: \.isWhitespace)
        else { throw Misfit("an address such as https://example.org/hook") }
        return text
    }

    /// `env:NAME` or `file:PATH`: a secret itself has no place in the file, and is not repeated.
    static func secret(_ text: String) throws(Misfit) -> SecretSource {
        if text.hasPrefix("env:"), text.count > 4 { return .environment(String(text.dropFirst(4))) }
        if text.hasPrefix("file:/"), text.count > 6 { return .file(String(text.dropFirst(5))) }
        throw Misfit("where the secret is: env:NAME or file:PATH with an absolute path")
    }

    /// An address, or where it is found: some are secrets themselves.
    static func secretAddress(_ text: String) throws(Misfit) -> HostConfiguration.Address {
        guard text.hasPrefix("env:") || text.hasPrefix("file:") else { return .open(try address(text)) }
        return .secret(try secret(text))
    }

    /// An IP address, or a name that a host can have.
    static func host(_ text: String) throws(Misfit) -> String {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        // What ends with a number is an address, or nothing.
        let isName =
            text.utf8.count <= 253 && Int(labels.last ?? "") == nil
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
            }
        do {
            if !isName { _ = try SocketAddress(ipAddress: text, port: 0) }
            return text
        } catch {
            throw Misfit("an IP address such as 127.0.0.1 or ::1, or the name of a host")
        }
    }

    /// `host:port`, or `[2001:db8::1]:port`.
    static func endpoint(_ text: String) throws(Misfit) -> DeploymentTarget.Endpoint {
        let misfit = Misfit("a host with a port, such as www.example.org:443")
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65535).contains(port)
        else { throw misfit }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw misfit
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || "/@[]".contains($0) }) else { throw misfit }
        return DeploymentTarget.Endpoint(host: host, port: port)
    }

    /// Octal, as `chmod` takes it.
    static func mode(_ text: String) throws(Misfit) -> UInt16 {
        guard let mode = UInt16(text, radix: 8), (3...4).contains(text.count), mode <= 0o777 else {
            throw Misfit("permissions such as \"0640\"")
        }
        guard mode & 0o002 == 0 else { throw Misfit("without the right of all others to write") }
        guard mode & 0o400 != 0 else { throw Misfit("readable for the owner") }
        return mode
    }

    static func keystoreFormat(_ text: String) throws(Misfit) -> KeystoreFormat {
        guard let format = KeystoreFormat(rawValue: text), format != .pem else { throw Misfit("pkcs12 or jks") }
        return format
    }

    static func mailbox(_ text: String) throws(Misfit) -> String {
        // Also a user of this machine; nothing that could end a line of a message's header.
        guard !text.isEmpty, !text.contains(where: { $0.isWhitespace || ",;<>\"".contains($0) }) else {
            throw Misfit("a mail address such as ops@example.org")
        }
        return text
    }
}
