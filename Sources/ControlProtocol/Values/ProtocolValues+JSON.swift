import JSONDocument
import VRRP

/// The field's small values as the control socket writes them.
extension JSONReader {
    func address() throws(JSONFieldError) -> IPAddress {
        try string(as: "an IP address") { IPAddress($0) }
    }

    func family() throws(JSONFieldError) -> AddressFamily {
        try oneOf(["ipv4": AddressFamily.ipv4, "ipv6": .ipv6])
    }

    func priority() throws(JSONFieldError) -> Priority {
        guard let priority = Priority(rawValue: try integer()) else { throw error(allowed: "1 to 255") }
        return priority
    }

    func virtualRouterID() throws(JSONFieldError) -> VirtualRouterID {
        guard let id = VirtualRouterID(rawValue: try integer()) else { throw error(allowed: "1 to 255") }
        return id
    }

    func protocolVersion() throws(JSONFieldError) -> ProtocolVersion {
        guard let version = ProtocolVersion(rawValue: try integer()) else { throw error(allowed: "2 or 3") }
        return version
    }

    /// A length of time in whole milliseconds.
    func milliseconds() throws(JSONFieldError) -> Nanoseconds {
        .milliseconds(try integer(in: 0...Int64.max / 1_000_000))
    }

    /// A length of time in seconds, to the millisecond.
    func seconds() throws(JSONFieldError) -> Nanoseconds {
        .milliseconds(Int64(try number(in: 0...1e9) * 1000 + 0.5))
    }
}

extension AddressFamily {
    var json: JSONValue {
        switch self {
        case .ipv4: "ipv4"
        case .ipv6: "ipv6"
        }
    }
}

extension IPAddress {
    var json: JSONValue { .string(description) }
}

extension Instant {
    /// The time since an earlier moment, both without what is below a millisecond: of two times since the same moment, the
    /// difference is that of the moments at which they were taken.
    func wholeMilliseconds(since earlier: Instant) -> Nanoseconds {
        (wholeMilliseconds - earlier.wholeMilliseconds).wholeMilliseconds
    }

    private var wholeMilliseconds: Instant { Instant(rawValue - rawValue % 1_000_000) }
}

extension Nanoseconds {
    /// The length without what is below a millisecond, and zero for one that is negative.
    var wholeMilliseconds: Nanoseconds { .milliseconds(max(0, rawValue / 1_000_000)) }

    var jsonMilliseconds: JSONValue { .integer(rawValue / 1_000_000) }

    var jsonSeconds: JSONValue { .number(Double(rawValue / 1_000_000) / 1000) }
}

extension JSONValue {
    /// The value, or `null` for nil.
    init<Value>(_ value: Value?, _ encode: (Value) -> JSONValue) {
        self = value.map(encode) ?? .null
    }
}
