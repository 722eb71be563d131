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
    name: "swift-vrrp",
    products: [
        .executable(name: "vrrpd", targets: ["vrrpd"]),
        .executable(name: "vrrpctl", targets: ["vrrpctl"]),
        .executable(name: "vrrp-ipfailover", targets: ["vrrp-ipfailover"]),
        .executable(name: "keepalived-exporter", targets: ["keepalived-exporter"]),
        .executable(name: "vrrp-agent", targets: ["vrrp-agent"]),
        .executable(name: "vrrp-operator", targets: ["vrrp-operator"]),
        .executable(name: "kubectl-virtualips", targets: ["kubectl-virtualips"]),
        .library(name: "VRRP", targets: ["VRRP"]),
        .library(name: "VRRPEngine", targets: ["VRRPEngine"]),
        // For Benchmarks/, which is a package of its own.
        .library(name: "NetworkLab", targets: ["NetworkLab"]),
        .library(name: "KeepalivedCompatibility", targets: ["KeepalivedCompatibility"]),
        .library(name: "ControlProtocol", targets: ["ControlProtocol"]),
        .library(name: "VIPPlanning", targets: ["VIPPlanning"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        // For metrics and for the programs of the cluster alone; nothing that vrrpd is linked with may depend on them.
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // The layers, lowest first: a target imports only what stands above its own line.
        .target(name: "VRRP", swiftSettings: strict),
        .target(name: "JSONDocument", swiftSettings: strict),
        .target(name: "FileReplacement", swiftSettings: strict),
        .target(name: "ProcessFigures", swiftSettings: strict),
        .target(name: "VRRPEngine", dependencies: ["VRRP", "JSONDocument"], swiftSettings: strict),
        .target(name: "VRRPSimulation", dependencies: ["VRRP", "VRRPEngine"], swiftSettings: strict),
        .systemLibrary(
            name: "CLinux", pkgConfig: "libnl-route-3.0 libcap",
            providers: [.apt(["libnl-3-dev", "libnl-route-3-dev", "libcap-dev"])]),
        .target(
            name: "ControlProtocol", dependencies: ["VRRP", "VRRPEngine", "JSONDocument", "ProcessFigures"],
            swiftSettings: strict),
        // What lines of a log look like; with swift-log, and nothing else from elsewhere.
        .target(
            name: "ProgramLog",
            dependencies: [
                "VRRPEngine", "ControlProtocol", "JSONDocument", .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .target(
            name: "LinuxHost", dependencies: ["VRRP", "VRRPEngine", "ControlProtocol", "JSONDocument", "CLinux"],
            swiftSettings: strict),
        .target(
            name: "KeepalivedCompatibility", dependencies: ["VRRP", "VRRPEngine", "JSONDocument"], swiftSettings: strict
        ),
        .target(name: "VIPPlanning", dependencies: ["VRRP"], swiftSettings: strict),
        .target(name: "Telemetry", swiftSettings: strict),
        .target(
            name: "EngineMetrics",
            dependencies: ["VRRP", "VRRPEngine", "ControlProtocol", "Telemetry", "JSONDocument", "ProcessFigures"],
            swiftSettings: strict),
        .target(
            name: "KeepalivedExporter",
            dependencies: ["VRRP", "VRRPEngine", "JSONDocument", "ControlProtocol", "EngineMetrics", "Telemetry"],
            swiftSettings: strict),
        .target(name: "KubernetesAPI", dependencies: ["JSONDocument"], swiftSettings: strict),
        // The cluster's objects as the planner, the engine and people know them.
        .target(
            name: "ClusterObjects",
            dependencies: [
                "VRRP", "VRRPEngine", "VIPPlanning", "KubernetesAPI", "KeepalivedCompatibility", "JSONDocument",
            ], swiftSettings: strict),
        // What an agent and an operator decide; no input, no output.
        .target(
            name: "NodeAgent",
            dependencies: [
                "VRRP", "VRRPEngine", "VIPPlanning", "ClusterObjects", "KubernetesAPI", "ControlProtocol",
                "JSONDocument",
            ], swiftSettings: strict),
        .target(
            name: "GroupOperator",
            dependencies: ["VRRP", "VIPPlanning", "ClusterObjects", "KubernetesAPI", "JSONDocument"],
            swiftSettings: strict),
        .target(
            name: "KubernetesClient",
            dependencies: [
                "KubernetesAPI", "JSONDocument",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                "Yams",
            ],
            swiftSettings: strict),
        // The folder of manifests that stands in for a cluster.
        .target(
            name: "ManifestFolder",
            dependencies: [
                "VRRP", "VIPPlanning", "ClusterObjects", "KubernetesAPI", "JSONDocument", "FileReplacement",
                .product(name: "Logging", package: "swift-log"), "Yams",
            ], swiftSettings: strict),
        // Metrics, health and the page over HTTP.
        .target(
            name: "StatusServer",
            dependencies: [
                "JSONDocument", "Telemetry", "ProcessFigures", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: strict),
        // The loops around the decisions.
        .target(
            name: "NodeAgentService",
            dependencies: [
                "NodeAgent", "ClusterObjects", "VIPPlanning", "VRRP", "VRRPEngine", "KubernetesAPI",
                "KubernetesClient", "ManifestFolder", "ControlProtocol", "JSONDocument", "FileReplacement",
                "StatusServer",
                "EngineMetrics", "Telemetry", .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ], swiftSettings: strict),
        .target(
            name: "GroupOperatorService",
            dependencies: [
                "GroupOperator", "ClusterObjects", "VIPPlanning", "VRRP", "KubernetesAPI", "KubernetesClient",
                "StatusServer", "Telemetry", "JSONDocument", .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .target(name: "NetworkLab", dependencies: ["CLinux", "VRRP", "JSONDocument"], swiftSettings: strict),

        // The programs: a `main`, its flags, nothing else.
        .executableTarget(
            name: "vrrpd",
            dependencies: [
                "VRRP", "VRRPEngine", "LinuxHost", "ControlProtocol", "KeepalivedCompatibility", "FileReplacement",
                "ProcessFigures", "ProgramLog", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "vrrpctl",
            dependencies: [
                "VRRP", "VRRPEngine", "ControlProtocol", "KeepalivedCompatibility", "JSONDocument",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "vrrp-ipfailover",
            dependencies: [
                "VRRP", "VRRPEngine", "LinuxHost", "KeepalivedCompatibility", "FileReplacement", "CLinux",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "keepalived-exporter",
            dependencies: [
                "KeepalivedExporter", "StatusServer", "ControlProtocol", "Telemetry", "ProgramLog", "VRRPEngine",
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "vrrp-agent",
            dependencies: [
                "NodeAgentService", "ManifestFolder", "ControlProtocol",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "vrrp-operator",
            dependencies: [
                "GroupOperatorService", "GroupOperator", "KubernetesClient", "KubernetesAPI", "Telemetry",
                "ControlProtocol", "ProgramLog", .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "kubectl-virtualips",
            dependencies: [
                "ClusterObjects", "KubernetesAPI", "KubernetesClient", "ControlProtocol",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        // For tests that hold a cost to a bound.
        .target(name: "ProcessorClock", swiftSettings: strict),
        .executableTarget(name: "vrrp-lab", dependencies: ["NetworkLab", "VRRP"], swiftSettings: strict),

        // Pure and fast.
        .testTarget(name: "VRRPTests", dependencies: ["VRRP", "JSONDocument"], swiftSettings: strict),
        .testTarget(name: "JSONDocumentTests", dependencies: ["JSONDocument"], swiftSettings: strict),
        .testTarget(name: "FileReplacementTests", dependencies: ["FileReplacement"], swiftSettings: strict),
        .testTarget(
            name: "ProgramLogTests", dependencies: ["ProgramLog", .product(name: "Logging", package: "swift-log")],
            swiftSettings: strict),
        .testTarget(name: "ProcessFiguresTests", dependencies: ["ProcessFigures"], swiftSettings: strict),
        .testTarget(
            name: "VRRPEngineTests",
            dependencies: ["VRRPEngine", "VRRPSimulation", "VRRP", "JSONDocument", "ProcessorClock"],
            swiftSettings: strict),
        .testTarget(
            name: "NodeAgentTests",
            dependencies: [
                "NodeAgent", "ClusterObjects", "KubernetesAPI", "VIPPlanning", "VRRPEngine", "VRRP", "ControlProtocol",
                "JSONDocument",
            ], swiftSettings: strict),
        .testTarget(
            name: "NodeAgentServiceTests",
            dependencies: [
                "NodeAgentService", "NodeAgent", "StatusServer", "ManifestFolder", "Telemetry", "ClusterObjects",
                "VIPPlanning", "KubernetesAPI", "ControlProtocol", "VRRPEngine", "VRRP", "JSONDocument",
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .testTarget(
            name: "ClusterObjectsTests",
            dependencies: ["ClusterObjects", "KubernetesAPI", "VIPPlanning", "VRRPEngine", "VRRP", "JSONDocument"],
            swiftSettings: strict),
        .testTarget(
            name: "GroupOperatorTests",
            dependencies: [
                "GroupOperator", "ClusterObjects", "KubernetesAPI", "VIPPlanning", "VRRP", "JSONDocument",
                "ProcessorClock",
            ], swiftSettings: strict),
        .testTarget(
            name: "EngineMetricsTests",
            dependencies: [
                "EngineMetrics", "Telemetry", "ControlProtocol", "VRRPEngine", "VRRP", "JSONDocument", "ProcessFigures",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ManifestFolderTests",
            dependencies: ["ManifestFolder", "ClusterObjects", "KubernetesAPI", "VIPPlanning", "VRRP"],
            swiftSettings: strict),
        .testTarget(
            name: "StatusServerTests",
            dependencies: [
                "StatusServer", "Telemetry", "JSONDocument", .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .testTarget(
            name: "VIPPlanningTests", dependencies: ["VIPPlanning", "VRRPSimulation", "VRRP", "ProcessorClock"],
            swiftSettings: strict),
        .testTarget(
            name: "KubernetesAPITests", dependencies: ["KubernetesAPI", "JSONDocument"], swiftSettings: strict),
        .testTarget(
            name: "KeepalivedCompatibilityTests", dependencies: ["KeepalivedCompatibility", "VRRPEngine", "VRRP"],
            swiftSettings: strict),
        .testTarget(
            name: "ControlProtocolTests",
            dependencies: ["ControlProtocol", "VRRPEngine", "VRRP", "JSONDocument", "ProcessFigures"],
            swiftSettings: strict),
        .testTarget(name: "TelemetryTests", dependencies: ["Telemetry"], swiftSettings: strict),
        .testTarget(
            name: "KeepalivedExporterTests",
            dependencies: [
                "KeepalivedExporter", "EngineMetrics", "Telemetry", "ControlProtocol", "VRRPEngine", "VRRP",
                "JSONDocument",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "KubernetesClientTests",
            dependencies: [
                "KubernetesClient", "KubernetesAPI",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        // A real API server.
        .testTarget(
            name: "ClusterTests",
            dependencies: [
                "GroupOperatorService", "GroupOperator", "ClusterObjects", "VIPPlanning", "KubernetesClient",
                "KubernetesAPI", "Telemetry", "JSONDocument", "NetworkLab", "VRRP",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        // Namespaces, real peers, root.
        .testTarget(
            name: "LinuxHostTests",
            dependencies: ["LinuxHost", "NetworkLab", "VRRPEngine", "VRRP", "CLinux", "ProcessorClock"],
            swiftSettings: strict),
        .testTarget(
            name: "WireTests", dependencies: ["NetworkLab", "VRRP", "JSONDocument"], swiftSettings: strict),
        // Prometheus' own tools, a real Prometheus and a real browser.
        .testTarget(
            name: "ObservabilityTests",
            dependencies: [
                "NodeAgentService", "GroupOperatorService", "NodeAgent", "ClusterObjects", "VIPPlanning",
                "KubernetesAPI", "EngineMetrics", "StatusServer", "Telemetry", "ControlProtocol", "VRRPEngine", "VRRP",
                "JSONDocument", "NetworkLab", "ProcessorClock", "ProcessFigures",
                .product(name: "Logging", package: "swift-log"), "Yams",
            ], swiftSettings: strict),
        // The container image, which `make image` makes.
        .testTarget(
            name: "ImageTests", dependencies: ["NetworkLab"], exclude: ["container"], swiftSettings: strict),
    ]
)
