// SPDX-License-Identifier: Apache-2.0

import HostSupport
import LifecycleEngine
import Testing

struct HomeTests {
    @Test(
        arguments: [
            ("given", ["PUBLICCA_HOME": "/p", "XDG_DATA_HOME": "/x", "HOME": "/u"], "/here/given"),
            ("/given/", ["HOME": "/u"], "/given"),
            (nil, ["PUBLICCA_HOME": "/p", "XDG_DATA_HOME": "/x", "HOME": "/u"], "/p"),
            (nil, ["XDG_DATA_HOME": "/x", "HOME": "/u"], "/x/publicca"),
            (nil, ["XDG_DATA_HOME": "relative", "HOME": "/u"], "/u/.local/share/publicca"),
            (nil, ["HOME": "/u"], "/u/.local/share/publicca"),
        ] as [(String?, [String: String], String)])
    func `the home is where it was said to be`(_ given: String?, _ environment: [String: String], _ path: String) throws
    {
        #expect(try Home.resolve(given, environment: environment, workingFolder: "/here").path == path)
    }

    @Test func `without any hint there is no home`() {
        #expect(throws: LifecycleError.self) { try Home.resolve(nil, environment: [:], workingFolder: "/here") }
    }
}
