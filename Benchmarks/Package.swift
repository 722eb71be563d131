// swift-tools-version: 6.2

import PackageDescription

/// The rules that the side-by-side comparison is compiled under, as the daemon's own targets are.
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
        .target(name: "CAllocationCounter"),
        .executableTarget(
            name: "EngineBenchmarks",
            dependencies: [
                "CAllocationCounter",
                .product(name: "VRRP", package: "swift-vrrp"),
                .product(name: "VRRPEngine", package: "swift-vrrp"),
            ]),
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
