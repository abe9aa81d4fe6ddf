// SPDX-License-Identifier: Apache-2.0

/// All that can be set before a start, written as JSON:
/// `{"tls": true, "think": 20, "seed": 1000, "quirks": {"pendingAnswer": "emptyOK"}}`. What is left out keeps its default.
public struct SimulatorSettings: Codable, Sendable {
    /// Where to listen. Loopback, unless somebody means otherwise.
    public var host = "127.0.0.1"
    /// Zero for any free one.
    public var port = 0
    /// HTTPS with a certificate made at start, under a root that the simulator tells. Needed for client certificates.
    public var tls = false
    /// Milliseconds that every answer takes at least.
    public var think = 0
    /// How many certificates the customer has already.
    public var seed = 0
    var quirks = Quirks()
    var world = World()

    /// A simulator as it is when nobody sets anything.
    public init() {}

    /// Reads settings; a key that there is not, or a value of the wrong kind, is an error that names it.
    public init(json: String) throws {
        self = try SimulatorSettings().changed(by: JSON(reading: json.utf8))
    }

    func changed(by change: JSON) throws -> SimulatorSettings {
        try JSON(encoding: self).overlaid(with: change, at: "").decoded(as: SimulatorSettings.self)
    }
}

extension Quirks {
    func changed(by change: JSON) throws -> Quirks {
        try JSON(encoding: self).overlaid(with: change, at: "").decoded(as: Quirks.self)
    }
}

/// Settings that mean nothing.
struct UnknownSetting: Error, CustomStringConvertible {
    var path: String
    var description: String { "there is no setting '\(path)'" }
}

extension JSON {
    /// Objects are merged and everything else is replaced; a name that the original has not is refused.
    func overlaid(with change: JSON, at path: String) throws -> JSON {
        guard case .object(var fields) = self, case .object(let changes) = change else { return change }
        for (name, value) in changes {
            let place = path.isEmpty ? name : "\(path).\(name)"
            guard let old = fields[name] else { throw UnknownSetting(path: place) }
            fields[name] = try old.overlaid(with: value, at: place)
        }
        return .object(fields)
    }
}
