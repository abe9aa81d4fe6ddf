// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import Testing

@testable import CommandLineHost

struct StatusHealthTests {
    private let now = Date(timeIntervalSince1970: 1_767_225_600)

    private func line(_ health: StatusHealth, _ name: String) -> String? {
        health.lines(at: now).first { $0.name == name }?.text
    }

    @Test func `only deployments that rest and are good are as they should be`() {
        var health = StatusHealth()
        (health.deployments, health.troubledDeployments, health.goodDeployments) = (4, 1, 2)
        #expect(line(health, "deployments") == "2 of 4 are as they should be, 1 in trouble, 1 under way")
        (health.deployments, health.troubledDeployments) = (2, 0)
        #expect(line(health, "deployments") == "2 of 2 are as they should be")
        (health.deployments, health.troubledDeployments, health.goodDeployments) = (5000, 3, nil)
        #expect(line(health, "deployments") == "5000 kept, 3 in trouble")
    }
}
