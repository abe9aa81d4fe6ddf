// SPDX-License-Identifier: Apache-2.0

// Whoever runs the engine speaks of its records and of the contract's words: one import brings all three.
@_exported public import LifecycleModel
@_exported public import PublicCA
