import JSONDocument
import VRRP

/// The member `encapsulation` of a route or a next hop.
extension RouteEncapsulation {
    private enum Kind: String, CaseIterable { case ipv4, ipv6, mpls, ila }

    init(fields: inout JSONFields) throws(JSONFieldError) {
        switch try fields.required("kind").oneOf(Kind.self) {
        case .ipv4: self = .ipv4(try TunnelHeader(fields: &fields, family: .ipv4))
        case .ipv6: self = .ipv6(try TunnelHeader(fields: &fields, family: .ipv6))
        case .mpls:
            self = .mpls(
                labels: try fields.required("labels").elements(count: 1...Self.mostLabels) {
                    (reader) throws(JSONFieldError) in try reader.integer(in: 0...Self.greatestLabel)
                })
        case .ila: self = .ila(locator: try fields.required("locator").locator())
        }
        if let problem { throw fields.object.error(problem) }
    }

    var json: JSONValue {
        var object: JSONObject
        switch self {
        case .ipv4(let header): object = header.json("ipv4")
        case .ipv6(let header): object = header.json("ipv6")
        case .mpls(let labels): object = ["kind": "mpls", "labels": .array(labels.map { .integer(Int64($0)) })]
        case .ila(let locator): object = ["kind": "ila", "locator": .string(Self.text(ofLocator: locator))]
        }
        return .object(object)
    }

    /// `2001:db8:0:1`
    public static func text(ofLocator locator: UInt64) -> String {
        stride(from: 48, through: 0, by: -16).map { String(locator >> UInt64($0) & 0xffff, radix: 16) }
            .joined(separator: ":")
    }

    /// Reads four groups of hexadecimal digits between colons; nil for anything else.
    public static func locator(_ text: String) -> UInt64? {
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        guard groups.count == 4 else { return nil }
        var locator: UInt64 = 0
        for group in groups {
            guard (1...4).contains(group.utf8.count), group.utf8.first != UInt8(ascii: "+"),
                let number = UInt16(group, radix: 16)
            else { return nil }
            locator = locator << 16 | UInt64(number)
        }
        return locator
    }
}

extension TunnelHeader {
    fileprivate init(fields: inout JSONFields, family: AddressFamily) throws(JSONFieldError) {
        self.init()
        identifier = try fields.optional("identifier")?.integer(in: 0...Self.greatestIdentifier)
        destination = try fields.optional("destination")?.unicastAddress(of: family)
        source = try fields.optional("source")?.unicastAddress(of: family)
        trafficClass = try fields.optional("trafficClass")?.integer()
        hopLimit = try fields.optional("hopLimit")?.integer()
        flags = try fields.optional("flags")?.integer()
    }

    fileprivate func json(_ kind: String) -> JSONObject {
        var object: JSONObject = ["kind": .string(kind)]
        object.add("identifier", identifier, unless: nil) { $0.map { .integer(Int64(clamping: $0)) } ?? .null }
        object.add("destination", destination, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("source", source, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("trafficClass", trafficClass, unless: nil) { $0.map { .integer(Int64($0)) } ?? .null }
        object.add("hopLimit", hopLimit, unless: nil) { $0.map { .integer(Int64($0)) } ?? .null }
        object.add("flags", flags, unless: nil) { $0.map { .integer(Int64($0)) } ?? .null }
        return object
    }
}

extension JSONReader {
    fileprivate func locator() throws(JSONFieldError) -> UInt64 {
        try string(as: "four groups of hexadecimal digits between colons") { RouteEncapsulation.locator($0) }
    }
}
