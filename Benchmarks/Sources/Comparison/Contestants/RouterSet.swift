import VRRP

/// Virtual routers as a keepalived.conf that both contestants read: all of one priority and interval, on as many
/// interfaces as are needed.
struct RouterSet {
    /// At most 255 on each interface.
    var routers = 255
    /// The addresses of each router, each with the prefix length of the hosts' own network.
    var addressesOfEach = 1
    /// The advertisement interval in milliseconds, a multiple of 10.
    var intervalMilliseconds = 100
    var priority: UInt8 = 100
    /// Real-time priority for the daemon; nil for none.
    var realTimePriority: Int?

    static let routersOnEachInterface = 255

    /// The names of the interfaces, `eth0` first.
    var interfaces: [String] {
        (0..<(routers + Self.routersOnEachInterface - 1) / Self.routersOnEachInterface).map { "eth\($0)" }
    }

    /// The identifier that a router, counted from 0, has on its interface.
    static func identifier(_ router: Int) -> UInt8 { UInt8(router % routersOnEachInterface + 1) }

    /// An address of a router, counted from 0: 10.128.0.0 and up, apart from the hosts' own.
    static func address(_ position: Int, of router: Int) -> IPv4Address {
        IPv4Address(rawValue: 0x0a80_0000 | UInt32(position) << 16 | UInt32(router))
    }

    /// The router and the place among its addresses of one that ``address(_:of:)`` gave.
    static func place(of address: IPv4Address) -> (router: Int, position: Int)? {
        guard address.rawValue >> 23 == 0x0a80_0000 >> 23 else { return nil }
        return (Int(address.rawValue & 0xffff), Int(address.rawValue >> 16 & 0x7f))
    }

    /// Three intervals and the skew time of this priority, in nanoseconds (RFC 9568, section 6.1).
    var activeDownInterval: Double {
        let interval = Double(intervalMilliseconds) * 1e6
        return 3 * interval + interval * Double(256 - Int(priority)) / 256
    }

    /// The interval in nanoseconds.
    var interval: Double { Double(intervalMilliseconds) * 1e6 }

    /// The keepalived.conf.
    var text: String {
        var lines = ["global_defs {", "    vrrp_version 3"]
        if let realTimePriority {
            // By default keepalived lets the kernel kill it after 10 ms without a pause, which hundreds of routers need.
            lines += ["    vrrp_rt_priority \(realTimePriority)", "    vrrp_rlimit_rttime 1000000"]
        }
        lines.append("}")
        for router in 0..<routers {
            let interface = "eth\(router / Self.routersOnEachInterface)"
            lines += [
                "vrrp_instance R\(router) {", "    interface \(interface)",
                "    virtual_router_id \(Self.identifier(router))", "    priority \(priority)",
                "    advert_int \(Double(intervalMilliseconds) / 1000)", "    virtual_ipaddress {",
            ]
            lines += (0..<addressesOfEach).map { "        \(Self.address($0, of: router))/8" }
            lines += ["    }", "}"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same with another priority.
    func with(priority: UInt8) -> RouterSet {
        var other = self
        other.priority = priority
        return other
    }

    /// The same with another number of routers.
    func with(routers: Int) -> RouterSet {
        var other = self
        other.routers = routers
        return other
    }
}
