// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA

/// One way to break exactly one promise.
struct Breakage: Sendable, CustomStringConvertible {
    /// The promise that is broken.
    var promise: String
    /// How the CA differs beforehand.
    var shape: Set<Mischief>
    private let edit: @Sendable (inout BrokenProvider) -> Void

    init(_ promise: String, in shape: Set<Mischief> = [], _ edit: @escaping @Sendable (inout BrokenProvider) -> Void) {
        self.promise = promise
        self.shape = shape
        self.edit = edit
    }

    var description: String { promise }

    func disguise(_ provider: MockProvider) -> BrokenProvider {
        var broken = BrokenProvider(provider)
        edit(&broken)
        return broken
    }

    static let all =
        readBreakages + listBreakages + orderBreakages + laterBreakages + doubtBreakages + secretBreakages
}

extension ProviderError {
    static let misjudged = ProviderError(.rejected, "misjudged")
}
