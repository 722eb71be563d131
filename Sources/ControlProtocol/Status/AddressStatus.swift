public import JSONDocument
public import VRRP
import VRRPEngine

/// A virtual address and whether its interface has it.
public struct AddressStatus: Sendable, Equatable {
    /// The address.
    public var address: IPAddress
    /// The length of its prefix in bits.
    public var prefixLength: UInt8
    /// The interface that the definition names for it; nil where it is the virtual router's.
    public var interface: String?
    /// Whether adverts list it.
    public var isAdvertised: Bool
    /// Whether it is configured on its interface.
    public var isPresent: Bool

    init(_ snapshot: AddressSnapshot) {
        address = snapshot.address.address
        prefixLength = snapshot.address.prefixLength
        interface = snapshot.address.interface
        isAdvertised = snapshot.isAdvertised
        isPresent = snapshot.isPresent
    }
}

extension AddressStatus: ControlValue {
    /// An object with a member for each property.
    public var json: JSONValue {
        [
            "address": address.json, "prefixLength": .integer(Int64(prefixLength)),
            "interface": JSONValue(interface, JSONValue.string), "advertised": .bool(isAdvertised),
            "present": .bool(isPresent),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        var fields = try reader.fields()
        address = try fields.required("address").address()
        prefixLength = try fields.required("prefixLength").integer(in: 0...address.family.maximumPrefixLength)
        interface = try fields.optional("interface")?.string()
        isAdvertised = try fields.required("advertised").bool()
        isPresent = try fields.required("present").bool()
    }
}
