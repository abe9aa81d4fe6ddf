// SPDX-License-Identifier: Apache-2.0

/// One thing that a host does to the world: a claim or a commit at the repository, or a call at the CA.
package struct CrashPoint: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        /// The claims and commits of a life, counted from 0.
        case repository(Int)
        /// The calls of a life, counted from 0.
        case ca(Int, ProviderCall)
    }

    /// From 1: first what is done to the repository, then what is asked of the CA. In an import both go on side by side,
    /// and only each by itself comes again in the same order.
    package var number: Int
    package var place: Place
    package var title: String
    /// The steps that a claim gave out.
    package var steps: [String]

    /// What is tried at this point.
    package var modes: [CrashMode] {
        switch place {
        case .repository: RepositoryFault.allCases.map { .repository($0) }
        case .ca(_, let call): CallFault.allCases.filter { $0.fits(call) }.map { .call($0) }
        }
    }
}

/// What goes wrong at a point.
package enum CrashMode: Hashable, Sendable, CustomStringConvertible {
    case repository(RepositoryFault)
    case call(CallFault)

    package var description: String {
        switch self {
        case .repository(let fault): fault.rawValue
        case .call(let fault): fault.rawValue
        }
    }

    /// All that people may type.
    package static var names: [String] {
        Set(RepositoryFault.allCases.map(\.rawValue) + CallFault.allCases.map(\.rawValue)).sorted()
    }
}

/// What goes wrong with a claim or a commit. Raw values are what people type.
package enum RepositoryFault: String, CaseIterable, Hashable, Sendable {
    /// The host is killed before it is done.
    case stopBefore = "stop-before"
    /// The host is killed after it is done.
    case stopAfter = "stop-after"
    /// It is not done, and the host is told so.
    case refused = "repository-error"
    /// It is done, and the host is told that it was not.
    case unheard = "error-after-commit"
    /// The host sleeps before it is done, until others have taken over and are through.
    case sleptBefore = "slept-before"
    /// The same, after it is done.
    case sleptAfter = "slept-after"
}

/// What goes wrong with a call. Raw values are what people type.
package enum CallFault: String, CaseIterable, Hashable, Sendable {
    /// The host is killed before anything is sent.
    case stopBefore = "stop-before"
    /// The CA acts, and the host is killed before it hears of it.
    case stopAfter = "stop-after"
    /// The CA acts, and its answer does not arrive.
    case answerLost = "answer-lost"
    /// The CA acts, and its answer arrives when others have taken over and are through.
    case answerLate = "answer-late"
    /// It is lost on its way, which the host cannot know.
    case requestLost = "request-lost"
    /// It is not sent, and the host knows.
    case notSent = "not-sent"
    /// The host gives up waiting, and the CA acts just within the time that is promised for that.
    case actsLate = "acts-late"
    /// The same, and the host was killed right after it was sent.
    case stopActsLate = "stop-acts-late"

    /// A read that is not answered is not answered, however that came about.
    func fits(_ call: ProviderCall) -> Bool {
        switch self {
        case .stopBefore, .stopAfter, .answerLost, .answerLate: true
        case .requestLost, .notSent, .actsLate, .stopActsLate: call.isWrite
        }
    }
}
