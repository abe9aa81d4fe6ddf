// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// What an account at this CA is told. Each key is declared once; help, validation and `provider show` follow from it.
enum TemplateSettings {
    static let address = SettingKey<String>(
        "address", help: "base URL of the API", default: "https://api.template-ca.example/v1")
    static let token = SettingKey<Secret>(secret: "token", help: "API token", isRequired: true)

    static let all = [address.description, token.description]
}
