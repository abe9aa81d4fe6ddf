// SPDX-License-Identifier: Apache-2.0

import MockProvider
public import PublicCA

extension [ProviderPlugin] {
    /// The CAs that come with this package. Adding one is one import and one word here.
    public static let builtin: [ProviderPlugin] = [.mock]
}
