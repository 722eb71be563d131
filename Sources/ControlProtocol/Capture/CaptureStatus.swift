public import JSONDocument
public import VRRP
public import VRRPEngine

/// The last adverts of a virtual router: the answer to `capture`.
public struct CaptureStatus: Sendable, Equatable {
    /// The name of the virtual router.
    public var router: String
    /// The interface that its adverts are sent and received on.
    public var interface: String
    /// The adverts, oldest first.
    public var packets: [Packet]

    /// One advert.
    public struct Packet: Sendable, Equatable {
        /// When it was sent or received, in nanoseconds since 1970 in UTC.
        public var time: Int64
        /// Whether the router sent it.
        public var isSent: Bool
        /// What the router made of it, for people: `accepted`, `discarded: its checksum is wrong`.
        public var decision: String
        /// The length of the IP packet; ``octets`` may be its beginning only.
        public var length: Int
        /// The IP packet from its header on.
        public var octets: [UInt8]
    }

    /// Describes what an engine kept.
    ///
    /// - Parameters:
    ///   - now: the present by the clock of the engine.
    ///   - wallTime: the same moment in nanoseconds since 1970.
    public init(_ capture: RouterCapture, at now: Instant, wallTime: Int64) {
        router = capture.definition.name
        interface = capture.definition.interface
        packets = capture.adverts.map { advert in
            Packet(
                time: wallTime - (now - advert.time).rawValue, isSent: advert.decision == .sent,
                decision: advert.decision.explanation, length: advert.length, octets: advert.octets)
        }
    }
}

extension CaptureDecision {
    fileprivate var explanation: String {
        switch self {
        case .sent: "sent"
        case .accepted: "accepted"
        case .ignored: "ignored: the virtual router takes no part"
        case .discarded(let reason): "discarded (\(reason.counterName)): \(reason.explanation)"
        }
    }
}

extension CaptureStatus: ControlValue {
    /// `{"router": …, "interface": …, "packets": […]}`.
    public var json: JSONValue {
        ["router": .string(router), "interface": .string(interface), "packets": .array(packets.map(\.json))]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        router = try reader.member("router").string()
        interface = try reader.member("interface").string()
        packets = try reader.member("packets").elements(Packet.init)
    }
}

extension CaptureStatus.Packet: ControlValue {
    /// The octets are hexadecimal.
    public var json: JSONValue {
        [
            "timeNanoseconds": .integer(time), "sent": .bool(isSent), "decision": .string(decision),
            "length": .integer(Int64(length)), "octets": .string(HexOctets.text(octets)),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        time = try reader.member("timeNanoseconds").integer()
        isSent = try reader.member("sent").bool()
        decision = try reader.member("decision").string()
        length = try reader.member("length").integer(in: 0...65_575)
        octets = try reader.member("octets").string(as: "hexadecimal octets") { text in
            text.isEmpty ? [] : (try? HexOctets(text))?.octets
        }
    }
}
