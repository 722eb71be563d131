import VRRPEngine

/// The names that iproute2 knows for numbers of tables, scopes, protocols and the like.
struct RoutingNames: Sendable {
    /// Routing tables.
    private(set) var tables: [String: UInt32] = ["default": 253, "main": 254, "local": 255]
    /// Scopes of routes.
    private(set) var scopes: [String: UInt32] = ["global": 0, "site": 200, "link": 253, "host": 254, "nowhere": 255]
    /// Who configured a route.
    private(set) var protocols: [String: UInt32] = [
        "redirect": 1, "kernel": 2, "boot": 3, "static": 4, "ra": 9, "dhcp": 16, "keepalived": 18,
    ]
    /// Realms.
    private(set) var realms: [String: UInt32] = [:]
    /// Types of service.
    private(set) var serviceTypes: [String: UInt32] = [:]
    /// Groups of interfaces.
    private(set) var groups: [String: UInt32] = ["default": 0]

    /// The folders of the system that are looked into where the configuration names none.
    static let systemFolders = ["/usr/share/iproute2", "/usr/lib/iproute2"]
    /// The folder of the node that is looked into where the configuration names none.
    static let ownFolder = "/etc/iproute2"

    /// The most octets of one file that are read; the usual ones have some hundred.
    private static let sizeLimit = 1 << 20
    /// The most files of a folder that are read.
    private static let fileLimit = 100

    /// The names that every kernel knows.
    init() {}

    /// The names in the files of some folders; what cannot be read has none.
    ///
    /// - Parameter folders: Where to look, the first one that has a file counts; files of `rt_tables.d` and `rt_protos.d` are
    ///   read in all.
    init(folders: [String], source: some ConfigurationSource) {
        func read(_ name: String, into names: inout [String: UInt32], limit: UInt32) {
            _ = folders.first { Self.read("\($0)/\(name)", source, into: &names, limit: limit) }
            for folder in folders {
                let pattern = "\(folder)/\(name).d/*.conf"
                guard let paths = try? source.paths(matching: pattern) else { continue }
                for path in paths.prefix(Self.fileLimit) where path != pattern {
                    Self.read(path, source, into: &names, limit: limit)
                }
            }
        }
        read("rt_tables", into: &tables, limit: .max)
        read("rt_scopes", into: &scopes, limit: 255)
        read("rt_protos", into: &protocols, limit: 255)
        read("rt_realms", into: &realms, limit: 255)
        read("rt_dsfield", into: &serviceTypes, limit: 255)
        read("group", into: &groups, limit: .max)
    }

    /// Reads a file whose lines are a number and a name, with comments behind `#`; of two numbers with the same name the
    /// lower one counts, as with iproute2.
    ///
    /// - Returns: Whether there is such a file.
    @discardableResult
    private static func read(
        _ path: String, _ source: some ConfigurationSource, into names: inout [String: UInt32], limit: UInt32
    ) -> Bool {
        guard let file = try? source.read(path), file.octets.count <= sizeLimit else { return false }
        for line in String(decoding: file.octets, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard words.count == 2, let number = Self.number(words[0]), number <= limit else { continue }
            let name = String(words[1])
            names[name] = min(names[name] ?? .max, number)
        }
        return true
    }

    /// A number in decimal, or in hexadecimal behind `0x`.
    static func number(_ text: some StringProtocol) -> UInt32? {
        let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
        let digits = isHexadecimal ? text.dropFirst(2) : text[...]
        guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
        return UInt32(digits, radix: isHexadecimal ? 16 : 10)
    }
}

extension RoutingNames {
    /// A number within a range, or one of the names.
    private static func format(
        _ names: [String: UInt32], _ kind: String, _ range: ClosedRange<UInt32>
    ) -> ValueFormat<UInt32> {
        let allowed = "\(range.lowerBound) to \(range.upperBound), or the name of a \(kind) in /etc/iproute2"
        return ValueFormat(allowed: allowed) { text in
            if let number = names[text] { return range.contains(number) ? number : nil }
            return number(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A routing table.
    var table: ValueFormat<UInt32> { Self.format(tables, "table", 1...UInt32.max) }
    /// The scope of a route.
    var scope: ValueFormat<UInt32> { Self.format(scopes, "scope", 0...255) }
    /// Who configured a route; not a daemon that shares the node.
    var routeProtocol: ValueFormat<UInt32> {
        let reserved = VirtualRoute.reservedProtocols
        let names = Self.format(protocols, "protocol", 0...255)
        return ValueFormat(
            allowed:
                "\(names.allowed), and not \(reserved.lowerBound) to \(reserved.upperBound), which mark what vrrpd "
                + "configures by itself"
        ) { text in
            names.read(text).flatMap { reserved.contains(UInt8(clamping: $0)) ? nil : $0 }
        }
    }
    /// The type of service of packets.
    var serviceType: ValueFormat<UInt32> { Self.format(serviceTypes, "type of service", 0...255) }
    /// A group of interfaces.
    var interfaceGroup: ValueFormat<UInt32> { Self.format(groups, "group of interfaces", 0...UInt32.max) }

    /// A realm, or that of the source and that of the destination.
    var realmPair: ValueFormat<UInt32> {
        let names = realms
        return ValueFormat(allowed: "a realm or FROM/TO, each 0 to 65535 or a name in /etc/iproute2/rt_realms") {
            text in
            var pair: UInt32 = 0
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            for part in parts {
                guard let realm = names[String(part)] ?? Self.number(part), realm <= 65535 else { return nil }
                pair = pair << 16 | realm
            }
            return pair
        }
    }
}
