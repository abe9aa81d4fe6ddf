// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// One account at Template CA. The calls are in `Calls`, one file each; the capabilities in files of their own.
struct TemplateProvider: PublicCAProvider {
    let endpoint: JSONEndpoint

    /// Template CA shows an order in searches within ten seconds, says its manual; three times that is careful.
    static let settleTime = Duration.seconds(30)

    init(_ context: ProviderContext) throws(SettingError) {
        let token = try context.settings(TemplateSettings.token)
        var headers = HTTPFields()
        token.reveal { headers[.authorization] = "Bearer \($0)" }
        endpoint = try JSONEndpoint(
            address: try context.settings(TemplateSettings.address), context: context, headers: headers,
            secrets: [token], settle: Self.settleTime, refine: FailureCodes.refine)
    }
}
