// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import Testing

struct DeploymentEdgesTests {
    private static let walked: Set<Edge> = {
        var edges: Set<Edge> = []
        for phase in DeploymentPhase.allCases {
            for target in [
                DeploymentSamples.target(), DeploymentSamples.target(reload: false),
                DeploymentSamples.target(reload: false, endpoint: false), DeploymentSamples.target(endpoint: false),
            ] {
                for streak in [Streak(), OrderSamples.endless] {
                    for event in DeploymentSamples.everyEvent {
                        var record = DeploymentSamples.record(phase)
                        for step in DeploymentStep.allCases { record[step].failures = streak }
                        let answer = try? record.receive(event, at: DeploymentSamples.now, target)
                        guard answer != nil, record.phase != phase else { continue }
                        edges.insert(Edge(from: phase.rawValue, to: record.phase.rawValue))
                    }
                }
            }
        }
        return edges
    }()

    @Test func `the drawing and the machine agree`() throws {
        let drawn = try Drawing.edges(under: "Deployments")
        #expect(difference(drawn, Self.walked) == [])
        #expect(difference(Self.walked, drawn) == [])
        #expect(!drawn.isEmpty)
    }

    @Test(arguments: DeploymentPhase.allCases, DeploymentSamples.everyEvent)
    func `what came twice is as good as what came once`(_ phase: DeploymentPhase, _ event: DeploymentEvent) {
        var once = DeploymentSamples.record(phase)
        guard (try? once.receive(event)) != nil else { return }
        switch event {
        case .failed, .showsOther: return  // Each counts.
        default: break
        }
        var twice = once
        // What has no place any more is refused, and changes nothing either.
        _ = try? twice.receive(event)
        #expect(twice == once)
    }
}
