// SPDX-License-Identifier: Apache-2.0

import COpenSSL
package import FoundationEssentials

/// Memory that held a secret is overwritten before others get it. What cannot be, is named in docs/Keys.md.
extension Data {
    /// A copy that is overwritten when nobody holds it any more: values, slices and captures share it.
    package init(wiping bytes: some ContiguousBytes) {
        self = bytes.withUnsafeBytes { bytes in
            guard bytes.count > 0 else { return Data() }
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
            copy.copyMemory(from: bytes)
            guard let start = copy.baseAddress else { return Data() }
            return Data(
                bytesNoCopy: start, count: copy.count,
                deallocator: .custom { start, count in
                    Self.overwrite(UnsafeMutableRawBufferPointer(start: start, count: count))
                    start.deallocate()
                })
        }
    }

    /// Overwrites the bytes in place. Only for what nobody else holds: a value that is shared would be copied first.
    package mutating func wipe() {
        withUnsafeMutableBytes { Self.overwrite($0) }
    }

    /// Not a plain loop, which an optimiser may leave out since nobody reads what it wrote.
    private static func overwrite(_ bytes: UnsafeMutableRawBufferPointer) {
        OPENSSL_cleanse(bytes.baseAddress, bytes.count)
    }
}

extension [UInt8] {
    /// As ``Data/wipe()``.
    package mutating func wipe() {
        withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}
