// SPDX-License-Identifier: Apache-2.0

// An embedder's test names the engine and the time it moves: one import brings them.
@_exported public import LifecycleEngine
@_exported public import PublicCATesting
