// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import LifecycleModel
import PublicCA
import Testing

struct SealerTests {
    let key = MasterKey()
    let secret = Data("canary-4711".utf8)

    @Test(arguments: [0, 1, 32, 100_000])
    func `what was sealed opens again`(count: Int) throws {
        let sealer = Sealer(key)
        let secret = Data(repeating: 7, count: count)
        #expect(try sealer.open(sealer.seal(secret, for: "order"), for: "order") == secret)
    }

    @Test func `sealing twice gives two texts, and neither shows the secret`() throws {
        let sealer = Sealer(key)
        let (one, two) = (try sealer.seal(secret, for: "order"), try sealer.seal(secret, for: "order"))
        #expect(one != two)
        #expect(one.first == 1)
        #expect(one.firstRange(of: secret) == nil)
    }

    @Test func `another context, another key or another text does not open`() throws {
        let sealed = try Sealer(key).seal(secret, for: "order")
        #expect(throws: MaterialError.self) { try Sealer(key).open(sealed, for: "memory") }
        let error = #expect(throws: MaterialError.self) { try Sealer(MasterKey()).open(sealed, for: "order") }
        #expect(error?.description.contains("another master key") == true)
        for bytes in [Data(), Data("hello, this is text".utf8), Data([1]), Data([1, 2, 3, 4, 5])] {
            #expect(throws: MaterialError.self) { try Sealer(key).open(bytes, for: "order") }
        }
    }

    @Test func `every changed or missing byte is noticed`() throws {
        let sealed = try Sealer(key).seal(secret, for: "order")
        for position in sealed.indices {
            var changed = sealed
            changed[position] ^= 1
            #expect(throws: MaterialError.self) { try Sealer(key).open(changed, for: "order") }
            #expect(throws: MaterialError.self) { try Sealer(key).open(sealed.prefix(position), for: "order") }
        }
    }

    @Test func `a slice opens as the whole does`() throws {
        let sealed = try Sealer(key).seal(secret, for: "order")
        #expect(try Sealer(key).open((Data([9, 9]) + sealed).dropFirst(2), for: "order") == secret)
    }

    @Test func `a master key survives its file`() throws {
        let sealed = try Sealer(key).seal(secret, for: "order")
        let text = key.text.reveal { $0 }
        #expect(text.count == 44)
        let again = try MasterKey(Secret(text + "\n"))
        #expect(try Sealer(again).open(sealed, for: "order") == secret)
        #expect("\(key) \(String(reflecting: key))".contains(text) == false)
        for other in ["", "hello", String(text.dropLast(4)), text + text] {
            #expect(throws: MaterialError.self) { try MasterKey(Secret(other)) }
        }
    }
}
