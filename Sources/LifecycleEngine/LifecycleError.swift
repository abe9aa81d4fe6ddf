// SPDX-License-Identifier: Apache-2.0

public import LifecycleModel
public import PublicCA

/// Why a command was not carried out. Nothing was changed unless the message says so.
public struct LifecycleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is. Open: stable texts for scripts.
    public struct Code: OpaqueName {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let badInput = Code("badInput")
        public static let notFound = Code("notFound")
        /// The CA, or a rule here, refuses.
        public static let refused = Code("refused")
        public static let unreachable = Code("unreachable")
        public static let storage = Code("storage")
        public static let accountRefused = Code("accountRefused")
        public static let configuration = Code("configuration")
    }

    public var code: Code
    public var message: String
    /// What to do.
    public var hint: String?

    public init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    public var description: String { hint.map { "\(message); \($0)" } ?? message }
}

extension LifecycleError {
    public init(_ error: RepositoryError) {
        switch error {
        case .conflict: self.init(.refused, error.description, hint: "nothing was written; try again")
        default: self.init(.storage, error.description)
        }
    }

    /// Records that are there and cannot be read must not look as if they were not.
    package init(unreadable row: UnreadableRow, _ kind: String) {
        self.init(
            .storage, "\(kind) \(row.reference) is on record and cannot be read: it is \(row.reason)",
            hint: "use the newest version, or put a backup of the home back")
    }

    init(_ problems: [RequestProblem]) {
        // One sentence per problem; the hint of a single one stands apart.
        if problems.count == 1, let problem = problems.first {
            self.init(.badInput, problem.message, hint: problem.hint)
        } else {
            self.init(.badInput, problems.map { "\($0.message) (\($0.hint))" }.joined(separator: "; "))
        }
    }

    init(_ error: MaterialError) { self.init(.badInput, error.description) }

    init(_ error: InvalidTransition) { self.init(.refused, error.description) }

    public init(_ error: ProviderError) {
        switch error.disposition {
        case .account: self.init(.accountRefused, error.description)
        case .transient, .ambiguous: self.init(.unreachable, error.description)
        case .rejected, .notFound: self.init(.refused, error.description)
        }
    }
}

/// Runs what may fail in one of the typed ways above, and says it in a command's words.
func commanded<Value>(_ body: () async throws -> Value) async throws(LifecycleError) -> Value {
    do {
        return try await body()
    } catch let error as LifecycleError {
        throw error
    } catch let error as RepositoryError {
        throw LifecycleError(error)
    } catch let error as MaterialError {
        throw LifecycleError(error)
    } catch let error as InvalidTransition {
        throw LifecycleError(error)
    } catch let error as ProviderError {
        throw LifecycleError(error)
    } catch {
        throw LifecycleError(.refused, "\(error)")
    }
}

/// The same for a body that reads, decides and commits: where an engine at work has changed a record in between, it is
/// read and decided again.
func decided<Value>(_ body: () async throws -> Value) async throws(LifecycleError) -> Value {
    try await commanded {
        for _ in 0..<4 {
            do { return try await body() } catch RepositoryError.conflict { continue }
        }
        return try await body()
    }
}
