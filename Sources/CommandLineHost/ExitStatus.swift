// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine

/// What the process says when it ends. Scripts rely on the numbers.
enum ExitStatus: Int32, Sendable {
    case done = 0
    /// The CA or the engine refused, or the thing ended badly.
    case refused = 1
    /// Accepted and on its way.
    case pending = 3
    case usage = 64
    case notFound = 66
    case unreachable = 69
    case storage = 74
    case accountRefused = 77
    case configuration = 78

    init(_ code: LifecycleError.Code) {
        switch code {
        case .badInput: self = .usage
        case .notFound: self = .notFound
        case .unreachable: self = .unreachable
        case .storage: self = .storage
        case .accountRefused: self = .accountRefused
        case .configuration: self = .configuration
        default: self = .refused
        }
    }

    /// What to say of several things at once: refusals weigh more than waiting.
    func worse(_ other: ExitStatus) -> ExitStatus {
        func weight(_ status: ExitStatus) -> Int {
            switch status {
            case .done: 0
            case .pending: 1
            case .refused: 2
            default: 3
            }
        }
        return weight(other) > weight(self) ? other : self
    }
}
