public import JSONDocument
import VRRP

/// Adverts and announcements that the kernel did not take, on one interface.
public struct SendFailureStatus: Sendable, Hashable {
    /// The interface.
    public var interface: String
    /// How many packets since vrrpd started; the log has the reasons.
    public var packets: UInt64

    /// Packets that could not be sent on an interface.
    public init(interface: String, packets: UInt64) {
        self.interface = interface
        self.packets = packets
    }
}

extension SendFailureStatus: ControlValue {
    /// `{"interface": "eth0", "packets": 12}`.
    public var json: JSONValue {
        ["interface": .string(interface), "packets": .integer(Int64(clamping: packets))]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        interface = try reader.member("interface").string()
        packets = try reader.member("packets").integer()
    }
}
