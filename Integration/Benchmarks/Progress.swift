// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What a person who waits wants to know, on standard error.
enum Progress {
    static func say(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}
