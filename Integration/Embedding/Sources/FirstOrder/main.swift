// SPDX-License-Identifier: Apache-2.0

import LifecycleTesting
import MockProvider

let time = TestTime()
let ca = MockCA(now: time.now)
let lab = try await LifecycleEngine.testing(provider: ca.provider, time: time)
ca.play(.lostReply, times: 1)  // the CA takes the order, and its answer gets lost

var wish = OrderWish(account: "test", profile: "Mock DV", commonName: "www.example.org")
wish.names = ["example.org"]
let order = try await lab.engine.order(wish)  // a key is made and sealed; nothing is sent yet
try await lab.engine.pass()  // intent, purchase, lost answer
time.advance(by: .seconds(5))
try await lab.engine.pass()  // looked up, found, collected, checked
precondition(ca.placedOrders.count == 1)  // bought once

let certificate = try await lab.certificate(of: order)
time.advance(by: .seconds(30 * 86_400))
let renewal = try await lab.engine.renew(certificate.id)
try await lab.engine.pass()
print("\(certificate.facts.commonName) is valid until \(try await lab.certificate(of: renewal).facts.notAfter)")
