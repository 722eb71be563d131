import JSONDocument
import NetworkLab
import VRRP

/// One daemon with a virtual router in Backup for each packet of the table, and what became of each.
///
/// The packets of all variants are injected every 0.4 s for 6.5 s, while a router that hears nothing shows when one of
/// the same priority takes over. The daemon runs once for all tests.
enum ReceptionBench {
    /// How many packets of each variant are sent.
    static let rounds = 17
    static let pause = Duration.milliseconds(400)
    /// The name of the router that hears nothing.
    static let control = "control"

    /// What became of the packets of one variant.
    struct Outcome: Sendable {
        /// The state and the counters after the last packet.
        let router: RouterStatus
        /// When the router sent its first advert; nil when it sent none until long after the last packet.
        let firstAdvert: Timestamp?
        /// When the last packet passed.
        let lastPacket: Timestamp?
    }

    /// What became of all.
    struct Outcomes: Sendable {
        /// By the place of the variant in the table.
        let variants: [Outcome]
        let control: Outcome
        /// The status after the last packet.
        let status: DaemonStatus
        let log: String
    }

    /// The one run of the bench.
    static let outcomes = Task { try await run() }

    private static let controlID: UInt8 = 250
    private static let elsewhereID: UInt8 = 251
    private static let unknownID: UInt8 = 252

    private static func id(_ place: Int) -> UInt8 { UInt8(place + 1) }

    private static func addresses(_ id: UInt8, _ family: AddressFamily) -> [String] {
        switch family {
        case .ipv4: ["10.0.\(id).1", "10.0.\(id).2"]
        case .ipv6: ["fe80::\(id):1", "2001:db8:77::\(id)"]
        }
    }

    private static var routers: [JSONObject] {
        let variants = ReceptionVariant.all.enumerated().map { place, variant in
            var more = variant.definition
            if variant.router == .version2 { more["version"] = 2 }
            let family = variant.router.family
            return RouterText.router(
                "variant-\(place)", id: id(place), family: family, addresses: addresses(id(place), family), with: more)
        }
        return variants + [
            RouterText.router(control, id: controlID, addresses: addresses(controlID, .ipv4)),
            RouterText.router(
                "elsewhere", id: elsewhereID, addresses: addresses(elsewhereID, .ipv4), with: ["interface": "eth1"]),
        ]
    }

    private static func frames(_ variant: ReceptionVariant, _ place: Int, round: Int) -> [[UInt8]] {
        let id = variant.delivery == .unknownRouter ? unknownID : id(place)
        let addresses = addresses(id, variant.router.family).compactMap { IPAddress($0) }
        let version: UInt8 = variant.router == .version2 ? 2 : 3
        let advert = ForgedAdvert(version: version, id: id, addresses: addresses).with(variant.change)
        let identification = UInt16(place) << 6 | UInt16(round)
        if case .fragments(let payload) = variant.delivery {
            return advert.fragments(of: payload, identification: identification)
        }
        return [advert.frame(identification: identification)]
    }

    private static func run() async throws -> Outcomes {
        try await Lab.with { lab in
            try await lab.addSegment("other")
            let device = try await lab.device()
            let injector = try await lab.injector()
            try await lab.addInterface("eth1", to: device, addresses: ["198.51.100.10/24"], segment: "other")
            try await lab.addInterface("eth1", to: injector, addresses: ["198.51.100.20/24"], segment: "other")
            // Without this the kernel drops what comes from the node's own address, and the daemon's check is not seen.
            try await device.namespace.set(["net.ipv4.conf.all.accept_local": "1"])
            let tap = try await lab.tap()
            let gates = (
                near: try await injector.tap { _ in false }, far: try await injector.tap("eth1") { _ in false }
            )

            // Made before, for from the start of the daemon on its routers wait.
            let packets = (0..<rounds).map { round in
                ReceptionVariant.all.enumerated().flatMap { place, variant in
                    frames(variant, place, round: round).map { (variant.delivery == .otherInterface, $0) }
                }
            }
            let daemon = try await VRRPDaemon.start(on: device, .routers(routers))
            try await daemon.waitUntilListening("elsewhere")
            let start = ContinuousClock.now
            for round in 0..<rounds {
                for (isFar, frame) in packets[round] { try (isFar ? gates.far : gates.near).inject(frame) }
                try await Task.sleep(until: start + pause * (round + 1))
            }
            let status = try await daemon.status()
            // Whoever was held in Backup by the packets must now take over after the interval that it learned.
            try await Task.sleep(for: .milliseconds(4500))
            return try outcomes(tap.frames.entries(), status, log: daemon.process.output)
        }
    }

    private static func outcomes(
        _ frames: [CapturedFrame], _ status: DaemonStatus, log: String
    ) throws -> Outcomes {
        func outcome(_ name: String, _ id: UInt8, _ family: AddressFamily) throws -> Outcome {
            let adverts = frames.filter {
                $0.virtualRouterIDOfFirstFragment == id && $0.packet?.source.family == family
            }
            return Outcome(
                router: try status.router(name),
                firstAdvert: adverts.first { $0.source == StandardHosts.deviceMAC }?.time,
                lastPacket: adverts.last { $0.source != StandardHosts.deviceMAC }?.time)
        }
        return Outcomes(
            variants: try ReceptionVariant.all.enumerated().map { place, variant in
                try outcome("variant-\(place)", id(place), variant.router.family)
            },
            control: try outcome(control, controlID, .ipv4), status: status, log: log)
    }
}

extension CapturedFrame {
    /// The virtual router of an advert, also when the frame carries only its beginning; nil for other frames.
    fileprivate var virtualRouterIDOfFirstFragment: UInt8? {
        guard let packet, packet.protocolNumber == 44, packet.payload.count > 9, packet.payload[0] == 112 else {
            return virtualRouterID
        }
        // The extension header of eight octets, whose third and fourth hold the offset and a flag.
        let offset = UInt16(packet.payload[2]) << 8 | UInt16(packet.payload[3] & 0xf8)
        return offset == 0 ? packet.payload[9] : nil
    }
}
