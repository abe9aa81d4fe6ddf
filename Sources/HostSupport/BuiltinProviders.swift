// SPDX-License-Identifier: Apache-2.0

import MockProvider
public import PublicCA
import SectigoProvider

extension [ProviderPlugin] {
    /// The one list of what this build can speak to. A host of one's own passes `.builtin + [.mine]`.
    public static var builtin: [ProviderPlugin] { [.mock, .sectigo] }
}
