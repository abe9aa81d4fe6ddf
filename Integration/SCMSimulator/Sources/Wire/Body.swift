// SPDX-License-Identifier: Apache-2.0

/// A request's JSON object, read as strictly as SCM does: a value of another kind makes the whole body unreadable,
/// null counts as absent, and fields that nobody asks for are ignored.
struct Body: Sendable {
    private let object: JSON

    init(_ call: Call) throws(Refusal) {
        let value: JSON
        do {
            value = try JSON(reading: call.body)
        } catch {
            throw .unreadableBody
        }
        guard case .object = value else { throw .unreadableBody }
        object = value
    }

    /// For calls whose body may be left out.
    init(optional call: Call) throws(Refusal) {
        var call = call
        if call.body.allSatisfy({ $0 <= 0x20 }) { call.body = Array("{}".utf8) }
        try self.init(call)
    }

    func has(_ name: String) -> Bool { object[name] != nil }

    func text(_ name: String, atMost limit: Int = .max) throws(Refusal) -> String? {
        guard let value = object[name] else { return nil }
        guard let text = value.text else { throw .unreadableBody }
        guard text.unicodeScalars.count <= limit else { throw .invalid(name) }
        return text
    }

    func requiredText(_ name: String, atMost limit: Int = .max) throws(Refusal) -> String {
        guard let text = try text(name, atMost: limit), !text.isEmpty else { throw .missing(name) }
        return text
    }

    func whole(_ name: String) throws(Refusal) -> Int? {
        guard let value = object[name] else { return nil }
        guard let whole = value.whole else { throw .unreadableBody }
        return whole
    }

    func requiredWhole(_ name: String) throws(Refusal) -> Int {
        guard let whole = try whole(name) else { throw .missing(name) }
        guard whole >= 1 else { throw .invalid(name) }
        return whole
    }

    func truth(_ name: String) throws(Refusal) -> Bool? {
        guard let value = object[name] else { return nil }
        guard let truth = value.truth else { throw .unreadableBody }
        return truth
    }

    func texts(_ name: String) throws(Refusal) -> [String]? {
        guard let value = object[name] else { return nil }
        guard let elements = value.elements else { throw .unreadableBody }
        var texts: [String] = []
        for element in elements {
            guard let text = element.text else { throw .unreadableBody }
            texts.append(text)
        }
        return texts
    }

    func objects(_ name: String) throws(Refusal) -> [JSON]? {
        guard let value = object[name] else { return nil }
        guard let elements = value.elements else { throw .unreadableBody }
        for element in elements { guard case .object = element else { throw .unreadableBody } }
        return elements
    }

    /// A value of any kind.
    func value(_ name: String) -> JSON? { object[name] }
}
