// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import FoundationEssentials

/// The few turns that every call of OpenSSL's libcrypto takes.
enum OpenSSL {
    typealias Decoder = (
        UnsafeMutablePointer<OpaquePointer?>?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, Int
    ) -> OpaquePointer?
    typealias Encoder = (OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32

    /// Reads an object that the caller must free; `nil` when the bytes are no such object.
    static func decode(_ der: Data, _ decoder: Decoder) -> OpaquePointer? {
        var bytes = Array(der)
        // It may be a key.
        defer { bytes.wipe() }
        return bytes.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return decoder(nil, &position, buffer.count)
        }
    }

    /// Writes an object; `nil` when OpenSSL cannot.
    static func encode(_ object: OpaquePointer, _ encoder: Encoder) -> Data? {
        let length = encoder(object, nil)
        guard length > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        let written = bytes.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            return encoder(object, &position)
        }
        return written == length ? Data(bytes) : nil
    }
}
