import VRRP
import VRRPEngine

/// A line of `virtual_ipaddress`: an address, the length of its prefix, and options.
enum AddressEntry {
    /// What such a line may be, for people.
    static let allowed = "ADDRESS[/LENGTH] [dev IF] [scope SCOPE] [brd ADDRESS|+|-] [label NAME]"

    private static let options =
        "dev, scope, brd, broadcast, label, and the options of keepalived that are not supported yet"

    /// Options that are skipped, with the number of their values.
    private static let skipped: [String: Int] = [
        "peer": 1, "home": 0, "-nodad": 0, "mngtmpaddr": 0, "noprefixroute": 0, "autojoin": 0, "no_track": 0,
        "preferred_lft": 1, "use_vmac": 0, "track_group": 1,
    ]

    private static let scope = ValueFormat<UInt8>(allowed: "global, site, link, host, nowhere or 0 to 255") { text in
        switch text {
        case "global": 0
        case "site": 200
        case "link": 253
        case "host": 254
        case "nowhere": 255
        default: UInt8(text)
        }
    }

    /// The address of an entry; nil, and reported, where the entry is wrong.
    static func read(
        _ entry: Statement, in list: String, _ log: inout DiagnosticLog
    ) -> Located<VirtualAddress>? {
        var reader = EntryReader(entry, in: list, &log)
        guard var address = address(entry.keyword) else {
            reader.reject(entry.keyword, allowed: "ADDRESS or ADDRESS/LENGTH, of a host", &log)
            return nil
        }
        let isIPv4 = address.address.family == .ipv4
        while let option = reader.next() {
            switch option {
            case "dev":
                guard let name = reader.value(of: option, .interfaceName, &log) else { return nil }
                address.interface = name
            case "scope":
                guard let number = reader.value(of: option, scope, &log) else { return nil }
                if isIPv4 { address.scope = number }
            case "label":
                guard let name = reader.value(of: option, .addressLabel, &log) else { return nil }
                if isIPv4 { address.label = name }
            case "brd", "broadcast":
                guard let broadcast = reader.value(of: option, broadcast(of: address), &log) else { return nil }
                if isIPv4 { address.broadcast = broadcast }
            default:
                guard let count = skipped[option] else {
                    reader.reject(option, allowed: options, &log)
                    return nil
                }
                reader.skip(option, values: count, &log)
                continue
            }
            if !isIPv4, option != "dev" { log.warning(entry.place, option, .ignored(because: .ipv6)) }
        }
        return Located(address, at: entry.place, text: entry.keyword)
    }

    private static func address(_ text: String) -> VirtualAddress? {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]), address.isUnicast else { return nil }
        guard parts.count == 2 else { return VirtualAddress(address) }
        guard let length = UInt8(parts[1]), (1...address.family.maximumPrefixLength).contains(length) else {
            return nil
        }
        return VirtualAddress(address, prefixLength: length)
    }

    /// A broadcast address: as written, or all ones (`+`) or all zeros (`-`) behind the prefix.
    private static func broadcast(of address: VirtualAddress) -> ValueFormat<IPv4Address> {
        guard case .v4(let own) = address.address else {
            return ValueFormat(allowed: "+, - or an IPv4 address") { IPv4Address($0) ?? .unspecified }
        }
        let hosts = UInt32.max >> UInt32(address.prefixLength)
        let isComputable = address.prefixLength <= 30
        let allowed = isComputable ? "+, - or an IPv4 address" : "an IPv4 address; + and - need a prefix of at most 30"
        return ValueFormat(allowed: allowed) { text in
            switch text {
            case "+": isComputable ? IPv4Address(rawValue: own.rawValue | hosts) : nil
            case "-": isComputable ? IPv4Address(rawValue: own.rawValue & ~hosts) : nil
            default: IPv4Address(text)
            }
        }
    }
}
