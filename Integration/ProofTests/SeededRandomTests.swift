// SPDX-License-Identifier: Apache-2.0

import Proof
import Testing

struct SeededRandomTests {
    /// The first numbers of seed 0 that the authors' reference gives.
    @Test func `a seed gives the numbers that its authors name`() {
        var random = SeededRandom(seed: 0)
        #expect(random.next() == 0xe220_a839_7b1d_cdaf)
        #expect(random.next() == 0x6e78_9e6a_a1b9_65f4)
        #expect(random.next() == 0x06c4_5d18_8009_454f)
    }
}
