// SPDX-License-Identifier: Apache-2.0

package import LifecycleModel

/// All that a pass knows to do: what a work item is about, with the steps that it may name.
///
/// Work of any other kind is of a newer version. Whoever proves something of every step finds all of them here.
package enum WorkKind: String, Hashable, Sendable, CaseIterable {
    case order, revocation, importRun, check, renewal, deploy, deployment, catalogs, duty, replan, retention, alerts
    case channel

    /// `nil` for work that this version does not know.
    package init?(_ item: WorkItem) {
        switch (item.subject.kind, item.task) {
        case ("order", _): self = .order
        case ("revocation", _): self = .revocation
        case ("import", _): self = .importRun
        case ("certificate", LifecycleEngine.renewalTask): self = .renewal
        case ("certificate", LifecycleEngine.deploy): self = .deploy
        case ("certificate", _): self = .check
        case ("deployment", _): self = .deployment
        case ("account", LifecycleEngine.replanTask): self = .replan
        case ("account", let task): self = AccountDuty(rawValue: task) == nil ? .catalogs : .duty
        case (Subject.host.kind, _): self = .retention
        case (Subject.alerts.kind, _): self = .alerts
        case ("channel", _): self = .channel
        default: return nil
        }
    }

    /// The steps that an item of this kind may name. Those of a duty are the duties.
    package var steps: [String] {
        switch self {
        case .order: OrderStep.allCases.map(\.rawValue)
        case .revocation: RevocationStep.allCases.map(\.rawValue)
        case .importRun: [LifecycleEngine.page]
        case .check: [LifecycleEngine.check]
        case .renewal: RenewalStep.allCases.map(\.rawValue)
        case .deploy: [LifecycleEngine.deploy]
        case .deployment: DeploymentStep.allCases.map(\.rawValue)
        case .catalogs: CatalogKind.allCases.map(\.rawValue)
        case .duty: AccountDuty.allCases.map(\.rawValue)
        case .replan: LifecycleEngine.Replanning.allCases.map(\.rawValue)
        case .retention: [LifecycleEngine.retention]
        case .alerts: [LifecycleEngine.refresh]
        case .channel: ChannelStep.allCases.map(\.rawValue)
        }
    }

    /// The one of ``steps`` that an item of this kind is at. What follows a colon says where, and is left out.
    package func step(of item: WorkItem) -> String {
        let word = self == .duty ? item.task : item.step
        return String(word.prefix { $0 != ":" })
    }
}
