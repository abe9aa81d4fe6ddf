// SPDX-License-Identifier: Apache-2.0

/// Why a repository could not do what it was asked.
public enum RepositoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Somebody else was faster: a record, a unique value or a lease is not what it was. Read again and decide anew.
    case conflict(String)
    /// The repository cannot be read or written now: disk full, read-only, locked for too long. Nothing was changed.
    case unavailable(String)
    /// What is stored is not ours, is damaged, or is of a newer version. Nothing was changed.
    case unreadable(String)

    public var description: String {
        switch self {
        case .conflict(let what): "changed meanwhile: \(what)"
        case .unavailable(let why), .unreadable(let why): why
        }
    }
}
