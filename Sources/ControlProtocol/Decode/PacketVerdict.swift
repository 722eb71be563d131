public import JSONDocument
public import VRRP

/// What a receiver makes of one packet: its fields, and whether it is accepted.
///
/// The verdict comes from the code that the engine receives with.
public struct PacketVerdict: Sendable, Equatable {
    /// The envelope and the fields; nil where the frame is not a sound IP packet that carries VRRP.
    public let packet: PacketFields?
    /// The form of the checksum; nil where it fits none, and where there is none.
    public let checksumForm: ChecksumForm?
    /// Why the packet is dropped; nil where it is accepted.
    public let reason: DiscardReason?
    /// What is odd about an accepted advert.
    public let warnings: ReceptionWarnings
}

extension PacketVerdict {
    /// Judges an Ethernet frame, with or without a VLAN tag.
    public init(frame: [UInt8], receiver: Receiver = Receiver()) {
        guard let packet = IPPacket(ethernet: frame.span) else {
            self.init(packet: nil, checksumForm: nil, reason: .ipHeader, warnings: [])
            return
        }
        let message = Array(frame[packet.message])
        // A frame to a group must not carry a packet to a single address (RFC 1122, section 3.3.6).
        if frame[0] & 1 != 0, packet.datagram.destination.isUnicast {
            self.init(
                packet: PacketFields(message: message, datagram: packet.datagram),
                checksumForm: receiver.checksumForm(of: message.span, packet.datagram), reason: .destination,
                warnings: [])
            return
        }
        let start = frame.count >= 14 && frame[12] == 0x81 && frame[13] == 0 ? 18 : 14
        self.init(
            message: message, datagram: packet.datagram, octets: Array(frame[start..<packet.message.upperBound]),
            receiver: receiver)
    }

    /// Judges a message that came in `datagram`.
    public init(message: [UInt8], datagram: Datagram, receiver: Receiver = Receiver()) {
        self.init(message: message, datagram: datagram, octets: message, receiver: receiver)
    }

    /// - Parameter octets: The IP packet.
    private init(message: [UInt8], datagram: Datagram, octets: [UInt8], receiver: Receiver) {
        let packet = PacketFields(message: message, datagram: datagram)
        let checksumForm = receiver.checksumForm(of: message.span, datagram)
        do {
            let warnings = try receiver.check(message.span, datagram, in: octets.span).warnings
            self.init(packet: packet, checksumForm: checksumForm, reason: nil, warnings: warnings)
        } catch {
            self.init(packet: packet, checksumForm: checksumForm, reason: error, warnings: [])
        }
    }

    /// One object: the fields, then `checksumForm`, `verdict`, `reason` and `warnings`.
    public var json: JSONValue {
        var object = PacketFields.json(of: packet)
        object["checksumForm"] = .string(coverage)
        object["verdict"] = reason == nil ? "accept" : "drop"
        object["reason"] = JSONValue(reason) { .string($0.counterName) }
        object["warnings"] = .array(warnings.names.map(JSONValue.string))
        return .object(object)
    }

    /// What the checksum covers; which destination its pseudo-header names is left to ``checksumForm``.
    private var coverage: String {
        switch checksumForm {
        case .pseudoHeader, .pseudoHeaderOfGroup: ChecksumForm.pseudoHeader.rawValue
        case .messageOnly: ChecksumForm.messageOnly.rawValue
        case nil: "none"
        }
    }
}
