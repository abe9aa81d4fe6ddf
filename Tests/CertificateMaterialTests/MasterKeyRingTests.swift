// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA
import Synchronization
import Testing

struct MasterKeyRingTests {
    /// Where keys are kept, as a file is.
    private final class Place: Sendable {
        let keys: Mutex<[MasterKey]>
        init(_ keys: MasterKey...) { self.keys = Mutex(keys) }

        func put(_ new: MasterKey...) { keys.withLock { $0 = new } }

        func sealer() throws -> Sealer {
            Sealer(try MasterKeyRing { () throws(MaterialError) in self.keys.withLock { $0 } })
        }
    }

    private let old = MasterKey()
    private let new = MasterKey()
    private let secret = Data("canary-4711".utf8)

    @Test func `the newest key seals, and all of them open`() throws {
        let sealed = try Sealer(old).seal(secret, for: "order")
        let sealer = try Place(new, old).sealer()
        #expect(try sealer.open(sealed, for: "order") == secret)
        let anew = try sealer.seal(secret, for: "order")
        #expect(SealedForm.masterKey(of: anew) == new.name)
        #expect(try Sealer(new).open(anew, for: "order") == secret)
    }

    @Test func `a key that somebody else has put there seals from then on, and opens`() throws {
        let place = Place(old)
        let sealer = try place.sealer()
        #expect(SealedForm.masterKey(of: try sealer.seal(secret, for: "order")) == old.name)
        place.put(new, old)
        #expect(SealedForm.masterKey(of: try sealer.seal(secret, for: "order")) == new.name)

        let other = try Place(old).sealer()
        #expect(throws: MaterialError.self) { try other.open(sealer.seal(secret, for: "order"), for: "order") }
        let late = Place(old)
        let reader = try late.sealer()
        late.put(new)
        #expect(try reader.open(Sealer(new).seal(secret, for: "order"), for: "order") == secret)
    }

    @Test func `what was read before the old key went still opens`() throws {
        let place = Place(new, old)
        let sealer = try place.sealer()
        let sealed = try Sealer(old).seal(secret, for: "order")
        place.put(new)
        _ = try sealer.seal(secret, for: "order")
        #expect(try sealer.open(sealed, for: "order") == secret)
    }

    @Test func `several keys stand with white space between them`() throws {
        let texts = [new, old].map { $0.text.reveal { $0 } }
        for separator in ["\n", " ", "\r\n", "\t \n"] {
            let keys = try MasterKey.keys(in: Data((texts.joined(separator: separator) + "\n").utf8))
            #expect(keys.map(\.name) == [new.name, old.name])
        }
        for bad in ["", " \n", texts[0] + " x", texts[0].dropLast() + " " + texts[1]] {
            #expect(throws: MaterialError.self) { try MasterKey.keys(in: Data(bad.utf8)) }
        }
    }

    @Test func `bytes are overwritten in place, and a wiping copy is a copy`() {
        var bytes = Data(repeating: 0x41, count: 100)
        let copy = Data(wiping: bytes)
        bytes.wipe()
        #expect(bytes == Data(repeating: 0, count: 100))
        #expect(copy == Data(repeating: 0x41, count: 100))
        var array: [UInt8] = [1, 2, 3]
        array.wipe()
        #expect(array == [0, 0, 0])
        #expect(Data(wiping: Data()).isEmpty)
    }
}
