// SPDX-License-Identifier: Apache-2.0

extension String {
    /// As much of the beginning as SCM takes for so many characters: it is written in Java, which counts UTF-16 units.
    func cut(to units: Int) -> String {
        var room = units
        return String(
            prefix { character in
                room -= character.utf16.count
                return room >= 0
            })
    }
}
