// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel

/// What a broken engine makes of a commit, for each proof that has to find it.
enum BrokenCommit {
    @Sendable static func leasesWithoutEnd(_ changes: ChangeSet) -> ChangeSet {
        var greedy = changes
        greedy.work = changes.work.map { change in
            guard case .put(var item) = change, item.lease != nil else { return change }
            item.lease?.until = .distantFuture
            return .put(item)
        }
        return greedy
    }
}
