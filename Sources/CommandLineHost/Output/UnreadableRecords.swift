// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import PublicCA

extension Session {
    /// Names what a list had to leave out; the list then ends with 74.
    func tell(ofUnreadable rows: [UnreadableRow], _ kind: String) -> ExitStatus {
        for row in rows { output.error(LifecycleError(unreadable: row, kind)) }
        return rows.isEmpty ? .done : .storage
    }
}

extension Page {
    /// The items, where all of them can be read. Throws `storage` otherwise.
    func whole(_ kind: String) throws(LifecycleError) -> [Element] {
        if let row = unreadable.first { throw LifecycleError(unreadable: row, kind) }
        return items
    }
}
