import JSONDocument
import NetworkLab
import VRRP

/// One daemon with a virtual router for each claim about the format, and what it sent.
///
/// All of them own their addresses, so that they speak at once. The daemon runs once for all tests.
enum TransmissionBench {
    /// The virtual router identifiers by claim.
    enum Router {
        static let multicast: UInt8 = 77
        static let longestInterval: UInt8 = 1
        static let shortestInterval: UInt8 = 2
        static let version2: UInt8 = 3
        static let version2Password: UInt8 = 4
        static let messageOnly: UInt8 = 5
        static let version2MessageOnly: UInt8 = 6
        static let unordered: UInt8 = 7
        static let longest: UInt8 = 8
    }

    /// What the bench saw.
    struct Capture: Sendable {
        /// Everything that the device under test sent while it ran.
        let frames: [CapturedFrame]
        /// The status at the end.
        let status: DaemonStatus

        /// The first advert of a virtual router; its priority is not 0.
        func advert(_ id: UInt8, _ family: AddressFamily = .ipv4) -> CapturedFrame? {
            frames.first { $0.virtualRouterID == id && $0.packet?.source.family == family }
        }

        /// The VRRP message of that advert, empty where there is none.
        func message(_ id: UInt8, _ family: AddressFamily = .ipv4) -> [UInt8] {
            advert(id, family)?.packet?.payload ?? []
        }
    }

    /// The one run of the bench.
    static let capture = Task { try await run() }

    private static let routers: [JSONObject] = {
        func owner(
            _ id: UInt8, family: AddressFamily = .ipv4, addresses: [String]? = nil, with more: JSONObject = [:]
        ) -> JSONObject {
            let octet = Int(id)
            let standard = family == .ipv4 ? ["10.0.\(octet).1"] : ["fe80::\(octet):1", "2001:db8:77::\(octet)"]
            var router = RouterText.router(
                "\(family)-\(id)", id: id, family: family, addresses: addresses ?? standard, with: ["priority": 255])
            for member in more { router[member.key] = member.value }
            return router
        }
        let messageOnly: JSONObject = ["interoperability": ["transmittedChecksum": "message-only"]]
        return [
            owner(
                Router.multicast, addresses: RouterText.addresses(.ipv4), with: ["virtualMAC": ["name": "vrrp.77"]]),
            owner(
                Router.multicast, family: .ipv6, addresses: RouterText.addresses(.ipv6),
                with: ["virtualMAC": ["name": "vrrp6.77"]]),
            owner(Router.longestInterval, with: ["advertisementIntervalMilliseconds": 40_950]),
            owner(Router.shortestInterval, with: ["advertisementIntervalMilliseconds": 10]),
            owner(Router.version2, addresses: ["10.0.3.1", "10.0.3.2"], with: ["version": 2]),
            owner(
                Router.version2Password,
                with: ["version": 2, "authentication": ["type": "simple-text", "password": "s3cret"]]),
            owner(Router.messageOnly, with: messageOnly),
            owner(Router.messageOnly, family: .ipv6, with: messageOnly),
            owner(
                Router.version2MessageOnly,
                with: ["version": 2, "interoperability": ["transmittedChecksum": "message-only"]]),
            owner(Router.unordered, addresses: ["10.0.7.9", "10.0.7.1", "10.0.7.5"]),
            owner(Router.longest, addresses: (1...255).map { "10.0.8.\($0 - 1)" }),
        ]
    }()

    private static func run() async throws -> Capture {
        try await Lab.with { lab in
            let device = try await lab.device()
            let tap = try await lab.tap { $0.source != StandardHosts.injectorMAC }
            let daemon = try await VRRPDaemon.start(on: device, .routers(routers))
            for router in routers {
                guard case .string(let name)? = router["name"] else { continue }
                try await daemon.waitForState(.active, of: name)
            }
            try await Task.sleep(for: .milliseconds(1500))
            let status = try await daemon.status()
            return Capture(frames: tap.frames.entries(), status: status)
        }
    }
}
