// SPDX-License-Identifier: Apache-2.0

public import LifecycleModel

/// What the engine did, for logs and metrics. The journal is the record for people.
public enum EngineEvent: Hashable, Sendable {
    /// One question was asked, or one write made, and its answer is on record.
    case stepped(Subject, step: String, note: String)
    /// An answer came too late, or a record had changed: it was dropped, and the work goes on from what is on record.
    case dropped(Subject, step: String, reason: String)
    /// A step could not be taken here, such as for a secret that this host cannot read.
    case deferred(Subject, step: String, reason: String)
    case accountPaused(String, reason: String)
    /// An import has committed a page.
    case imported(ImportRun)
}
