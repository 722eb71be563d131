import VRRP
import VRRPEngine

/// A line of `virtual_ipaddress` or `static_ipaddress`: an address, the length of its prefix, and options.
struct AddressEntry: Sendable {
    /// The address.
    var address: Located<VirtualAddress>
    /// Whether it is to answer with a virtual MAC address.
    var usesVirtualMAC = false
    /// The track group of a static address.
    var trackGroup: Located<String>?

    /// What a line of `virtual_ipaddress` may be, for people.
    static let allowed = common + " [use_vmac]"
    /// What a line of `static_ipaddress` may be, for people.
    static let allowedStatic = common + " [track_group GROUP]"

    private static let common =
        "ADDRESS[/LENGTH] [dev IF] [scope SCOPE] [brd ADDRESS|+|-] [label NAME] [peer ADDRESS[/LENGTH]]"
        + " [preferred_lft SECONDS|forever] [home] [-nodad] [mngtmpaddr] [noprefixroute] [autojoin] [no_track]"

    private static let options =
        "dev, scope, brd, broadcast, label, peer, preferred_lft, home, -nodad, mngtmpaddr, noprefixroute, autojoin, no_track, "

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

    private static let lifetime = ValueFormat<UInt32>(allowed: "forever or 0 to 4294967294 seconds") { text in
        text == "forever" ? .max : UInt32(text).flatMap { $0 < .max ? $0 : nil }
    }

    /// An entry of a list of addresses; nil, and reported, where it is wrong.
    static func read(_ entry: Statement, in list: String, isStatic: Bool = false, _ log: inout DiagnosticLog) -> Self? {
        var reader = EntryReader(entry, in: list, &log)
        guard let address = address(entry.keyword) else {
            reader.reject(entry.keyword, allowed: "ADDRESS or ADDRESS/LENGTH, of a host", &log)
            return nil
        }
        var result = AddressEntry(address: Located(address, at: entry.place, text: entry.keyword))
        while let option = reader.next() {
            guard result.read(option, &reader, isStatic: isStatic, &log) else { return nil }
        }
        return result
    }

    /// Reads an option; false where the address cannot be what was meant.
    private mutating func read(
        _ option: String, _ reader: inout EntryReader, isStatic: Bool, _ log: inout DiagnosticLog
    ) -> Bool {
        switch option {
        case "dev":
            guard let name = reader.value(of: option, .interfaceName, &log) else { return false }
            address.value.interface = name
        case "peer":
            guard let peer = reader.value(of: option, peerFormat, &log) else { return false }
            address.value.peer = peer.address
            address.value.prefixLength = peer.prefixLength
        case "noprefixroute": address.value.options.insert(.noPrefixRoute)
        case "autojoin": log.warning(address.place, option, .ignored(because: .unicastAddress))
        case "no_track": address.value.isTracked = false
        case "use_vmac" where !isStatic: usesVirtualMAC = true
        case "track_group" where isStatic:
            guard let name = reader.value(of: option, .text("the name of a track_group"), &log) else { return false }
            trackGroup = Located(name, at: address.place, text: name)
        default:
            return readFamilyOption(option, &reader, isStatic: isStatic, &log)
        }
        return true
    }

    /// Reads an option that addresses of one family have, and leaves it out where the address is of the other.
    private mutating func readFamilyOption(
        _ option: String, _ reader: inout EntryReader, isStatic: Bool, _ log: inout DiagnosticLog
    ) -> Bool {
        var other = address.value
        let isForIPv4: Bool
        switch option {
        case "scope":
            guard let number = reader.dispensableValue(of: option, Self.scope, &log) else { return true }
            (isForIPv4, other.scope) = (true, number)
        case "label":
            guard let name = reader.value(of: option, .addressLabel, &log) else { return false }
            (isForIPv4, other.label) = (true, name)
        case "brd", "broadcast":
            guard let broadcast = reader.value(of: option, Self.broadcast(of: address.value), &log) else {
                return false
            }
            (isForIPv4, other.broadcast) = (true, broadcast)
        case "preferred_lft":
            guard let lifetime = reader.dispensableValue(of: option, Self.lifetime, &log) else { return true }
            (isForIPv4, other.preferredLifetime) = (false, lifetime)
        case "home", "-nodad", "mngtmpaddr":
            isForIPv4 = false
            other.options.insert(
                option == "home" ? .home : option == "-nodad" ? .duplicateDetection : .temporaryAddresses)
        default:
            // keepalived goes on without the word, and the address is worth more than it.
            let allowed = Self.options + (isStatic ? "track_group" : "use_vmac")
            log.sparing { log in reader.reject(option, allowed: allowed, &log) }
            return true
        }
        let isIPv4 = address.value.address.family == .ipv4
        if isIPv4 == isForIPv4 {
            address.value = other
        } else {
            log.warning(address.place, option, .ignored(because: isIPv4 ? .ipv4 : .ipv6))
        }
        return true
    }

    private var peerFormat: ValueFormat<VirtualAddress> {
        let family = address.value.address.family
        return ValueFormat(allowed: "an \(family.name) address, or one with a prefix length") { text in
            Self.address(text).flatMap { $0.address.family == family ? $0 : nil }
        }
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
