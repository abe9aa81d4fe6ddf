// SPDX-License-Identifier: Apache-2.0

public import PublicCA

extension ProviderPlugin {
    /// Template CA: an invented CA with a plain REST API.
    public static let template = ProviderPlugin(
        id: "template", summary: "Template CA, the model for a provider of your own", settings: TemplateSettings.all,
        notes: ["The token needs the rights \"orders\" and \"revocations\"; `account verify` names what is missing."]
    ) { context throws(SettingError) in try TemplateProvider(context) }
}
