import JSONDocument
import VRRP

/// The small values that fields of definitions consist of; each error says what is allowed.
extension JSONReader {
    func addressFamily() throws(JSONFieldError) -> AddressFamily {
        try oneOf(["ipv4": AddressFamily.ipv4, "ipv6": .ipv6])
    }

    func virtualRouterID() throws(JSONFieldError) -> VirtualRouterID {
        guard let id = VirtualRouterID(rawValue: try integer(in: 1...255)) else { throw error(allowed: "1 to 255") }
        return id
    }

    func priority() throws(JSONFieldError) -> Priority {
        guard let priority = Priority(rawValue: try integer(in: 1...255)) else { throw error(allowed: "1 to 255") }
        return priority
    }

    func protocolVersion() throws(JSONFieldError) -> ProtocolVersion {
        guard case .integer(let number) = node.content, let version = UInt8(exactly: number),
            let version = ProtocolVersion(rawValue: version)
        else { throw error(allowed: "2 or 3") }
        return version
    }

    func macAddress() throws(JSONFieldError) -> MACAddress {
        try string(as: "six pairs of hexadecimal digits between colons, of one interface") { text in
            MACAddress(text).flatMap { $0.isUnicast ? $0 : nil }
        }
    }

    func routerName() throws(JSONFieldError) -> String {
        try string(as: "a name of 1 to 255 bytes without control characters") { name in
            let isVisible = name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            return isVisible && (1...255).contains(name.utf8.count) ? name : nil
        }
    }

    func interfaceName() throws(JSONFieldError) -> String {
        try string(as: "1 to 15 bytes without blanks and slashes") { name in
            VirtualRouterDefinition.isInterfaceName(name) ? name : nil
        }
    }

    /// - Parameter family: The family that the address must have; nil allows both.
    func unicastAddress(of family: AddressFamily?) throws(JSONFieldError) -> IPAddress {
        let kind = family.map { "an \($0.name) address" } ?? "an IPv4 or IPv6 address"
        let address = try string(as: kind) { IPAddress($0) }
        try requireUnicast(address, of: family)
        return address
    }

    func requireUnicast(_ address: IPAddress, of family: AddressFamily?) throws(JSONFieldError) {
        if let family, address.family != family {
            throw error("is not an \(family.name) address as the family of the virtual router demands")
        }
        guard address.isUnicast else { throw error("is not a unicast address") }
    }

    func multicastGroup(of family: AddressFamily) throws(JSONFieldError) -> IPAddress {
        try string(as: "an \(family.name) multicast group") { text in
            IPAddress(text).flatMap { $0.isMulticast && $0.family == family ? $0 : nil }
        }
    }
}

extension AddressFamily {
    /// `"ipv4"` or `"ipv6"`.
    var json: JSONValue {
        switch self {
        case .ipv4: "ipv4"
        case .ipv6: "ipv6"
        }
    }
}

extension RawRepresentable where RawValue == String {
    /// The word that stands for the case.
    var jsonWord: JSONValue { .string(rawValue) }
}

extension JSONObject {
    /// Appends a member unless it has its default.
    mutating func add<Value: Equatable>(
        _ name: String, _ value: Value, unless standard: Value, _ encode: (Value) -> JSONValue
    ) {
        guard value != standard else { return }
        appendDistinct(name, encode(value))
    }
}
