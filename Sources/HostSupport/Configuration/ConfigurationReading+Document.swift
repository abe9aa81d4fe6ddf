// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Yams

/// The text of the file, before anything in it is understood.
extension ConfigurationReading {
    /// Begins a key that is given again further down: a character that no key has.
    static let repeated: Character = "\u{E000}"

    mutating func whole(_ yaml: String) -> Place? {
        do {
            // A file of nothing but comments is empty.
            guard let root = try compose(yaml), !root.isNothing else { return nil }
            return place(root, at: "")
        } catch let error as YamlError {
            note(syntax: error)
        } catch {
            note("\(error)", line: 1)
        }
        return nil
    }

    /// Yams gives nothing of a file in which a key is given twice. So the first of the two gets another name, and the
    /// file is read again, until there is no such key any more.
    private mutating func compose(_ yaml: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: yaml)
        } catch YamlError.duplicatedKeysInMapping(let names, let context) {
            let name = names.first ?? ""
            note("\(name.inLine(of: 80)) is given twice", line: context.mark.line)
            // As many characters as there are problems: the third of one name differs from the second.
            let mark = String(repeating: Self.repeated, count: problems.count)
            return try yaml.inserting(mark, before: name, at: context.mark).flatMap { try compose($0) }
        }
    }

    private mutating func note(syntax error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            note("this is not YAML: \(problem)", line: mark.line)
        default:
            note("this is not YAML", line: 1)
        }
    }
}

extension String {
    /// `nil` where the text has no such name at the mark, in quotes or without.
    fileprivate func inserting(_ text: String, before name: String, at mark: Mark) -> String? {
        var lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.indices.contains(mark.line - 1) else { return nil }
        // Marks count scalars.
        var line = Array(lines[mark.line - 1].unicodeScalars)
        var column = mark.column - 1
        guard line.indices.contains(column) else { return nil }
        if "\"'".unicodeScalars.contains(line[column]) { column += 1 }
        guard line[column...].starts(with: name.unicodeScalars) else { return nil }
        line.insert(contentsOf: text.unicodeScalars, at: column)
        var changed = Substring.UnicodeScalarView()
        changed.append(contentsOf: line)
        lines[mark.line - 1] = Substring(changed)
        return lines.joined(separator: "\n")
    }
}
