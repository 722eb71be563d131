import JSONDocument
import VRRP

/// `"192.0.2.1/24"`, or an object where more than that is to be said.
extension VirtualAddress {
    /// - Parameter family: The family that the address must have; nil allows both.
    init(_ reader: JSONReader, family: AddressFamily?) throws(JSONFieldError) {
        guard case .string(let text) = reader.node.content else {
            guard case .object = reader.node.content else {
                throw reader.error(allowed: "an address as in \"192.0.2.1/24\", or an object with its fields")
            }
            self = try reader.object { (fields) throws(JSONFieldError) in
                try VirtualAddress(fields: &fields, family: family)
            }
            return
        }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]) else {
            throw reader.error(allowed: "an IPv4 or IPv6 address, or one with a prefix length as in \"192.0.2.1/24\"")
        }
        try reader.requireUnicast(address, of: family)
        guard parts.count == 2 else {
            self.init(address)
            return
        }
        let longest = address.family.maximumPrefixLength
        guard parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let prefixLength = UInt8(parts[1]), (1...longest).contains(prefixLength)
        else { throw reader.error(allowed: "a prefix length of 1 to \(longest) behind the slash") }
        self.init(address, prefixLength: prefixLength)
    }

    init(fields: inout JSONFields, family: AddressFamily?) throws(JSONFieldError) {
        let address = try fields.required("address").unicastAddress(of: family)
        self.init(address)
        prefixLength =
            try fields.optional("prefixLength")?.integer(in: 1...address.family.maximumPrefixLength) ?? prefixLength
        interface = try fields.optional("interface")?.interfaceName()
        let ipv4Fields = (
            label: try fields.optional("label"), scope: try fields.optional("scope"),
            broadcast: try fields.optional("broadcast")
        )
        if address.family == .ipv6, let field = ipv4Fields.label ?? ipv4Fields.scope ?? ipv4Fields.broadcast {
            throw field.error("only an IPv4 address can have")
        }
        label = try ipv4Fields.label?.interfaceName()
        scope = try ipv4Fields.scope?.addressScope() ?? 0
        broadcast = try ipv4Fields.broadcast?.string(as: "an IPv4 address", IPv4Address.init)
        peer = try fields.optional("peer")?.unicastAddress(of: address.family)
        try readOptions(&fields)
    }

    private mutating func readOptions(_ fields: inout JSONFields) throws(JSONFieldError) {
        let lifetime = try fields.optional("preferredLifetimeSeconds")
        if address.family == .ipv4, let lifetime { throw lifetime.error("only an IPv6 address can have") }
        preferredLifetime = try lifetime?.integer(in: 0...UInt32.max)
        for (name, option, isIPv6Only) in Self.optionFields {
            guard let field = try fields.optional(name), try field.bool() else { continue }
            if isIPv6Only, address.family == .ipv4 { throw field.error("only an IPv6 address can have") }
            options.insert(option)
        }
        isTracked = try fields.optional("track")?.bool() ?? isTracked
    }

    /// The fields for options, and whether only IPv6 addresses have them.
    private static let optionFields: [(name: String, option: Options, isIPv6Only: Bool)] = [
        ("home", .home, true), ("duplicateDetection", .duplicateDetection, true),
        ("temporaryAddresses", .temporaryAddresses, true), ("noPrefixRoute", .noPrefixRoute, false),
    ]

    var json: JSONValue {
        self == VirtualAddress(address, prefixLength: prefixLength) ? .string(description) : .object(jsonObject)
    }

    /// The address with each field that differs from its default.
    var jsonObject: JSONObject {
        var object: JSONObject = ["address": .string("\(address)")]
        object.add("prefixLength", prefixLength, unless: address.family.maximumPrefixLength) { .integer(Int64($0)) }
        object.add("interface", interface, unless: nil) { $0.map(JSONValue.string) ?? .null }
        object.add("label", label, unless: nil) { $0.map(JSONValue.string) ?? .null }
        object.add("scope", scope, unless: 0) { scope in
            addressScopes.first { $0.value == scope }.map { .string($0.key) } ?? .integer(Int64(scope))
        }
        object.add("broadcast", broadcast, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("peer", peer, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("preferredLifetimeSeconds", preferredLifetime, unless: nil) {
            $0.map { .integer(Int64($0)) } ?? .null
        }
        for (name, option, _) in Self.optionFields {
            object.add(name, options.contains(option), unless: false, JSONValue.bool)
        }
        object.add("track", isTracked, unless: true, JSONValue.bool)
        return object
    }
}

/// The scopes that the kernel has names for, as `ip address` writes them.
private let addressScopes: KeyValuePairs<String, UInt8> = ["global": 0, "site": 200, "link": 253, "host": 254]

extension JSONReader {
    fileprivate func addressScope() throws(JSONFieldError) -> UInt8 {
        switch node.content {
        case .string(let name):
            if let scope = addressScopes.first(where: { $0.key == name }) { return scope.value }
        case .integer(let number):
            if let scope = UInt8(exactly: number) { return scope }
        default: break
        }
        throw error(allowed: "\"global\", \"site\", \"link\", \"host\" or a number from 0 to 255")
    }
}
