// swift-tools-version: 6.2

import PackageDescription

/// The rules that every target of this package is compiled under; dependencies are not touched by them.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "vrrp-benchmarks",
    dependencies: [
        .package(name: "swift-vrrp", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        // Each operation that is measured, defined once.
        .target(
            name: "HotPaths",
            dependencies: [
                .product(name: "VRRP", package: "swift-vrrp"),
                .product(name: "VRRPEngine", package: "swift-vrrp"),
                .product(name: "KeepalivedCompatibility", package: "swift-vrrp"),
                .product(name: "ControlProtocol", package: "swift-vrrp"),
                .product(name: "VIPPlanning", package: "swift-vrrp"),
            ],
            swiftSettings: strict),
        // What a program needs to count its own allocations and to be counted by callgrind.
        .target(name: "CCounting"),
        .executableTarget(
            name: "HotPathCounts",
            dependencies: ["HotPaths", "CCounting"],
            swiftSettings: strict),
        // Both daemons side by side, on networks of this machine's own.
        .executableTarget(
            name: "Comparison",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NetworkLab", package: "swift-vrrp"),
                .product(name: "VRRP", package: "swift-vrrp"),
            ],
            swiftSettings: strict),
    ]
)

#if compiler(>=6.3)
    // ordo-one/benchmark needs Swift 6.3; the counts do without it.
    package.dependencies.append(
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []))
    package.targets.append(
        .executableTarget(
            name: "HotPathTimes",
            dependencies: ["HotPaths", .product(name: "Benchmark", package: "benchmark")],
            // Its plug-in takes the executables in folders right below one called Benchmarks, and no others.
            path: "HotPathTimes",
            swiftSettings: strict,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]))
#endif
