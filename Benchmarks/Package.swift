// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "vrrp-benchmarks",
    dependencies: [.package(name: "swift-vrrp", path: "..")],
    targets: [
        .target(name: "CAllocationCounter"),
        .executableTarget(
            name: "EngineBenchmarks",
            dependencies: [
                "CAllocationCounter",
                .product(name: "VRRP", package: "swift-vrrp"),
                .product(name: "VRRPEngine", package: "swift-vrrp"),
            ]),
    ]
)
