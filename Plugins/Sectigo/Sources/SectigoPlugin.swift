// SPDX-License-Identifier: Apache-2.0

public import PublicCA

extension ProviderPlugin {
    /// Sectigo Certificate Manager (SCM): its REST API for administrators.
    public static let sectigo = ProviderPlugin(
        id: "sectigo", summary: "Sectigo Certificate Manager", settings: SectigoSettings.all,
        notes: [
            "The API user needs the role MRAO to see everything, and the type API or a password changed once in the portal.",
            "Each organization and department needs \"Enable Web/REST API\" in the portal.",
            "The order key travels at the end of an order's comments, so that an order whose answer was lost is found.",
            "A reissue is SCM's replace, and keeps the order's number; a cancellation is SCM's decline.",
        ],
        check: { values, secrets in SectigoLogin.problems(values: values, secrets: secrets) }
    ) { context throws(SettingError) in try SectigoProvider(context) }
}
