// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// Somebody else's package that embeds this one: it sees products only, as every dependent does.
func product(_ name: String) -> Target.Dependency { .product(name: name, package: "swift-public-ca") }

let package = Package(
    name: "embedding",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-public-ca", path: "../..")],
    targets: [
        // README's first screen.
        .executableTarget(name: "FirstOrder", dependencies: [product("LifecycleTesting"), product("MockProvider")]),
        // An application, and its tests: what docs/Embedding.md shows.
        .target(
            name: "Shop",
            dependencies: [
                product("LifecycleEngine"), product("SQLiteRepository"), product("CertificateMaterial"),
                product("HostSupport"),
            ]),
        .testTarget(
            name: "ShopTests",
            dependencies: ["Shop", product("LifecycleTesting"), product("MockProvider"), product("HostSupport")]),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
