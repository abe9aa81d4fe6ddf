// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let http = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "_CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix", "NIOHTTP1"].map { .product(name: $0, package: "swift-nio") }
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let hummingbird: [Target.Dependency] = ["HummingbirdCore", "HummingbirdTLS"].map {
    .product(name: $0, package: "hummingbird")
}
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
// What Subprocess takes paths as; on macOS it is part of the system.
let systemPackage = Target.Dependency.product(
    name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux]))
let lifecycle: [Target.Dependency] = ["ServiceLifecycle", "UnixSignals"].map {
    .product(name: $0, package: "swift-service-lifecycle")
}
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let services = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let serviceTests = Target.Dependency.product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle")
let nioExtras = Target.Dependency.product(name: "NIOExtras", package: "swift-nio-extras")

// A CA is a folder under Plugins/ and a line here, with what it needs beyond the usual.
let providers: [(name: String, needs: [Target.Dependency])] = [
    ("Mock", [x509, asn1, crypto, cryptoExtras]),
    ("Sectigo", []),
]

/// NAMEProvider from Plugins/NAME/Sources, its tests beside it.
func plugin(_ name: String, _ needs: [Target.Dependency]) -> [Target] {
    [
        .target(
            name: "\(name)Provider", dependencies: ["PublicCA", "ProviderHTTP", http] + needs,
            path: "Plugins/\(name)/Sources"),
        .testTarget(
            name: "\(name)ProviderTests",
            dependencies: [.target(name: "\(name)Provider"), "PublicCA", "PublicCATesting", "Programs", http] + needs,
            path: "Plugins/\(name)/Tests"),
    ]
}

let contract: [Target] = [
    .target(name: "PublicCA", dependencies: [http]),
    .target(name: "ProviderHTTP", dependencies: ["PublicCA", http, crypto]),
    .target(name: "PublicCATesting", dependencies: ["PublicCA", http]),
]

let machinery: [Target] = [
    .target(name: "LifecycleModel", dependencies: ["PublicCA"]),
    .target(name: "LifecycleEngine", dependencies: ["LifecycleModel", "PublicCA"]),
    .target(name: "RepositoryTesting", dependencies: ["LifecycleModel", "PublicCA"]),
    .target(
        name: "LifecycleTesting",
        dependencies: [
            "LifecycleEngine", "LifecycleModel", "CertificateMaterial", "RepositoryTesting", "PublicCATesting",
            "PublicCA",
        ]),
]

let leaves: [Target] = [
    .systemLibrary(
        name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(name: "CIDN2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"]), .brew(["libidn2"])]),
    .target(
        name: "CertificateMaterial",
        dependencies: ["PublicCA", "LifecycleModel", x509, asn1, crypto, cryptoExtras, "COpenSSL", "CIDN2"]),
    .target(name: "SQLiteRepository", dependencies: ["LifecycleModel", "PublicCA", grdb]),
    .target(name: "Notifications", dependencies: ["LifecycleModel", "PublicCA", "Programs", http, crypto]),
    .target(name: "Programs", dependencies: [subprocess, systemPackage]),
    .target(
        name: "Deployments",
        dependencies: [
            "LifecycleModel", "PublicCA", "CertificateMaterial", "Programs", http, systemPackage, nioSSL,
        ] + nio),
    .target(
        name: "Monitoring",
        dependencies: [
            "LifecycleEngine", "LifecycleModel", "ProviderHTTP", "PublicCA", http, metrics, services, nioExtras,
        ] + nio),
]

let hosts: [Target] = [
    .target(
        name: "HostSupport",
        dependencies: [
            "PublicCA", "ProviderHTTP", "LifecycleModel", "LifecycleEngine", "SQLiteRepository", "CertificateMaterial",
            "Deployments", "Monitoring", "Notifications", http, yams, logging, httpClient, nioSSL,
        ] + nio + lifecycle + providers.map { .target(name: "\($0.name)Provider") }),
    .target(
        name: "CommandLineHost",
        dependencies: [
            "HostSupport", "LifecycleEngine", "LifecycleModel", "CertificateMaterial", "PublicCA", "PublicCATesting",
            arguments, logging,
        ]),
    .executableTarget(name: "publicca", dependencies: ["CommandLineHost", "HostSupport"]),
]

/// A test target; one line each, so that what a suite may touch is seen here.
func suite(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: path)
}

let tests: [Target] = [
    suite("PublicCATests", ["PublicCA", http]),
    suite("ProviderHTTPTests", ["ProviderHTTP", "PublicCA", "PublicCATesting", http]),
    suite("LifecycleModelTests", ["LifecycleModel", "PublicCA"]),
    suite("ProgramsTests", ["Programs"]),
    suite(
        "DeploymentsTests",
        [
            "Deployments", "Programs", "CertificateMaterial", "LifecycleModel",
            "PublicCA", http, x509, asn1, crypto, nioSSL,
        ] + nio),
    suite(
        "CertificateMaterialTests",
        ["CertificateMaterial", "LifecycleModel", "PublicCA", "Programs", x509, asn1, crypto]),
    suite("SQLiteRepositoryTests", ["SQLiteRepository", "RepositoryTesting", "LifecycleModel", "PublicCA", grdb]),
    suite("RepositoryTestingTests", ["RepositoryTesting", "LifecycleModel", "PublicCA"]),
    suite(
        "LifecycleEngineTests",
        [
            "LifecycleEngine", "LifecycleModel", "LifecycleTesting", "RepositoryTesting", "CertificateMaterial",
            "MockProvider", "PublicCATesting", "PublicCA",
        ]),
    suite(
        "MonitoringTests",
        [
            "Monitoring", "LifecycleEngine", "LifecycleModel", "RepositoryTesting", "PublicCATesting", "PublicCA", http,
            metrics, serviceTests, httpClient, yams,
        ] + nio),
    suite("NotificationsTests", ["Notifications", "LifecycleModel", "PublicCA", "Programs", http]),
    suite(
        "HostSupportTests",
        [
            "HostSupport", "CertificateMaterial", "LifecycleEngine", "LifecycleModel", "LifecycleTesting",
            "MockProvider", "Monitoring", "PublicCATesting", "RepositoryTesting", "PublicCA", http, logging, nioSSL,
        ] + nio),
    suite("CommandLineHostTests", ["CommandLineHost", "LifecycleModel"]),
    suite("HouseTests", ["Programs"]),
    suite(
        "CommandLineTests", ["publicca", "SCMSimulator", "Programs", "Monitoring", metrics],
        path: "Integration/CommandLineTests"),
    suite(
        "SectigoTests",
        [
            "SectigoProvider", "SCMSimulator", "HostSupport", "CertificateMaterial", "LifecycleEngine",
            "LifecycleModel", "LifecycleTesting", "RepositoryTesting", "PublicCATesting", "PublicCA", http,
        ], path: "Integration/SectigoTests"),
    suite(
        "UnattendedTests",
        [
            "publicca", "SCMSimulator", "Programs", "CertificateMaterial", "LifecycleEngine", "LifecycleModel",
            "MockProvider", "PublicCA", "PublicCATesting", "SQLiteRepository",
        ], path: "Integration/UnattendedTests"),
]

let benchmarks: [Target] = [
    .executableTarget(
        name: "benchmarks",
        dependencies: [
            "HostSupport", "SQLiteRepository", "CertificateMaterial", "MockProvider", "LifecycleEngine",
            "LifecycleModel", "LifecycleTesting", "RepositoryTesting", "PublicCATesting", "PublicCA", arguments, grdb,
            httpClient, nioSSL,
        ] + nio, path: "Integration/Benchmarks")
]

// What `make prove` runs.
let proof: [Target] = [
    .target(
        name: "Proof",
        dependencies: [
            "LifecycleEngine", "LifecycleModel", "LifecycleTesting", "RepositoryTesting", "SQLiteRepository",
            "CertificateMaterial", "MockProvider", "SCMSimulator", "Programs", "PublicCATesting", "PublicCA",
            x509, asn1, httpClient, nioSSL,
        ] + nio, path: "Integration/Proof/Sources"),
    .executableTarget(name: "prove", dependencies: ["Proof", arguments], path: "Integration/Proof/Command"),
    suite(
        "ProofTests", ["Proof", "publicca", "scm-simulator", "LifecycleModel", "PublicCA"],
        path: "Integration/ProofTests"),
]

// What is tried with any bytes. The program is libFuzzer's, and is there where that is linked: `make fuzz`.
let fuzzing: [Target] =
    [
        .target(
            name: "FuzzTargets",
            dependencies: [
                "HostSupport", "LifecycleEngine", "LifecycleModel", "CertificateMaterial", "SectigoProvider",
                "ProviderHTTP", "PublicCATesting", "PublicCA", "COpenSSL", http, x509, asn1, crypto,
            ], path: "Integration/Fuzzing/Sources"),
        suite("FuzzTargetsTests", ["FuzzTargets"], path: "Integration/FuzzingTests"),
    ]
    + (Context.environment["FUZZING"] == nil
        ? []
        : [.executableTarget(name: "fuzz", dependencies: ["FuzzTargets"], path: "Integration/Fuzzing/Command")])

// A product of its own, for whoever tests an SCM client; it knows nothing of ours.
let simulator: [Target] = [
    .target(
        name: "SCMSimulator",
        dependencies: [x509, asn1, crypto, cryptoExtras, http, nioSSL, logging] + hummingbird + nio,
        path: "Integration/SCMSimulator/Sources"),
    .executableTarget(
        name: "scm-simulator", dependencies: ["SCMSimulator", arguments], path: "Integration/SCMSimulator/Command"),
    suite(
        "SCMSimulatorTests",
        ["SCMSimulator", "scm-simulator", "Programs", httpClient, nioSSL, x509, asn1, crypto] + nio,
        path: "Integration/SCMSimulator/Tests"),
]

let documentation: [Target] = [
    .target(name: "TemplateProvider", dependencies: ["PublicCA", "ProviderHTTP", http], path: "docs/Template/Sources"),
    suite(
        "TemplateProviderTests", ["TemplateProvider", "PublicCATesting", "PublicCA", http], path: "docs/Template/Tests"),
]

let package = Package(
    name: "swift-public-ca",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "PublicCA", targets: ["PublicCA"]),
        .library(name: "ProviderHTTP", targets: ["ProviderHTTP"]),
        .library(name: "PublicCATesting", targets: ["PublicCATesting"]),
        .library(name: "LifecycleModel", targets: ["LifecycleModel"]),
        .library(name: "LifecycleEngine", targets: ["LifecycleEngine"]),
        .library(name: "LifecycleTesting", targets: ["LifecycleTesting"]),
        .library(name: "RepositoryTesting", targets: ["RepositoryTesting"]),
        .library(name: "CertificateMaterial", targets: ["CertificateMaterial"]),
        .library(name: "SQLiteRepository", targets: ["SQLiteRepository"]),
        .library(name: "HostSupport", targets: ["HostSupport"]),
        .library(name: "CommandLineHost", targets: ["CommandLineHost"]),
        .library(name: "SCMSimulator", targets: ["SCMSimulator"]),
        .executable(name: "publicca", targets: ["publicca"]),
        .executable(name: "scm-simulator", targets: ["scm-simulator"]),
    ] + providers.map { .library(name: "\($0.name)Provider", targets: ["\($0.name)Provider"]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    ],
    targets: contract + machinery + leaves + hosts + benchmarks + proof + fuzzing + simulator + tests
        + documentation
        + providers.flatMap { plugin($0.name, $0.needs) }
)

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
for target in package.targets where target.type != .system {
    target.swiftSettings = strict + (target.swiftSettings ?? [])
}
