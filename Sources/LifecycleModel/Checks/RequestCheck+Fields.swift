// SPDX-License-Identifier: Apache-2.0

import PublicCA

extension RequestCheck {
    func fieldProblems(_ details: OrderDetails) -> [RequestProblem] {
        var problems: [RequestProblem] = []
        for field in profile.fields where field.isRequired && details.fields[field.name, default: ""].isEmpty {
            let choices = field.choices.isEmpty ? "VALUE" : field.choices.joined(separator: "|")
            problems.append(
                mismatch(
                    "field \(field.name) is required by \(profile.title)",
                    hint: "add --field '\(field.name)=\(choices)'"))
        }
        for (name, value) in details.fields.sorted(by: { $0.key < $1.key }) {
            guard let field = profile.fields.first(where: { $0.name == name }) else {
                let known = profile.fields.map(\.name)
                problems.append(
                    mismatch(
                        "\(profile.title) has no field \"\(name)\"",
                        hint: known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"))
                continue
            }
            problems += valueProblems(value, of: field)
        }
        return problems
    }

    /// An empty value is a missing one, and no fault where the field may be left out.
    private func valueProblems(_ value: String, of field: FieldDescription) -> [RequestProblem] {
        guard !value.isEmpty else { return [] }
        var problems: [RequestProblem] = []
        if !field.choices.isEmpty, !field.choices.contains(value) {
            problems.append(
                mismatch(
                    "field \(field.name) cannot be \"\(value)\"",
                    hint: "choose \(field.choices.joined(separator: ", "))"))
        }
        if let limit = field.limit, value.count > limit {
            problems.append(
                RequestProblem(
                    "field \(field.name) of \(value.count) characters is too long, \(limit) is the most",
                    hint: "shorten it"))
        }
        if field.form == .date, !Self.isDay(value) {
            problems.append(
                RequestProblem("field \(field.name) cannot be \"\(value)\"", hint: "write a day as 2026-12-31"))
        }
        return problems
    }

    /// A day that the calendar has, as `yyyy-MM-dd`.
    private static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2d || (0x30...0x39).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }
}
