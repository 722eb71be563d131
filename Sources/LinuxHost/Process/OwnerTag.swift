import CLinux
import Glibc
import VRRPEngine

/// What tells the addresses, routes and rules of this process from those of other processes like it in the same network
/// namespace, as there are where two groups of a cluster share a node.
///
/// A process takes the first tag that is free by binding a socket to a name that stands for it. Such a name belongs to the
/// network namespace and goes with the process, however that ends: what carries a tag whose name nobody has was left behind
/// by a dead process.
struct OwnerTag: ~Copyable {
    /// The tag, one of ``VRRPEngine/HostAddress/ownerTags``.
    let rawValue: UInt8
    /// Whether the tag is this process's alone; where none can be had, it is not, and then nothing that carries it counts as
    /// left behind.
    let isOwn: Bool
    private let name: FileDescriptor?

    /// Takes the first tag that is free.
    init() throws(SystemCallError) {
        for tag in HostAddress.ownerTags {
            let socket = try FileDescriptor.socket(family: AF_UNIX, kind: SOCK_DGRAM, protocol: 0)
            let number = socket.rawValue
            let outcome = retrying { Self.with(tag) { bind(number, $0, $1) } }
            if outcome.result == 0 {
                rawValue = tag
                isOwn = true
                name = consume socket
                return
            }
            // Where the system does not let it have such a name, none of them can be had.
            guard outcome.errorNumber == EADDRINUSE else { break }
        }
        rawValue = HostAddress.ownerTags.upperBound
        isOwn = false
        name = nil
    }

    /// The number that marks routes and rules: keepalived's for the first tag, and the tag itself for others.
    var routeProtocol: UInt8 { Self.routeProtocol(of: rawValue) }

    /// What the name of the packet filter's table ends in: nothing for the first tag.
    var tableSuffix: String { Self.tableSuffix(of: rawValue) }

    /// Whose the tags are at this moment.
    func owners() throws(SystemCallError) -> AddressOwners {
        // Who has its tag by no right does not know who else has it.
        var others: Set<UInt8> = isOwn ? [] : [rawValue]
        for tag in HostAddress.ownerTags where tag != rawValue {
            if try Self.isTaken(tag) { others.insert(tag) }
        }
        return AddressOwners(own: rawValue, others: others)
    }

    /// The numbers that mark routes and rules which nobody has who lives.
    static func abandonedRouteProtocols(_ owners: AddressOwners) -> [UInt8] { abandoned(owners).map(routeProtocol) }

    /// What the names of tables end in which nobody has who lives.
    static func abandonedTableSuffixes(_ owners: AddressOwners) -> [String] { abandoned(owners).map(tableSuffix) }

    private static func abandoned(_ owners: AddressOwners) -> [UInt8] {
        HostAddress.ownerTags.filter { !owners.others.contains($0) }
    }

    /// What the name of the table of a tag's owner ends in.
    private static func tableSuffix(of tag: UInt8) -> String { tag == HostAddress.ownTag ? "" : "-\(tag)" }

    private static func routeProtocol(of tag: UInt8) -> UInt8 {
        tag == HostAddress.ownTag ? VirtualRoute.ownProtocol : tag
    }

    /// Whether a process has the name of a tag.
    private static func isTaken(_ tag: UInt8) throws(SystemCallError) -> Bool {
        let probe = try FileDescriptor.socket(family: AF_UNIX, kind: SOCK_DGRAM, protocol: 0)
        let number = probe.rawValue
        let outcome = retrying { with(tag) { connect(number, $0, $1) } }
        // Whatever else goes wrong, somebody is there.
        return outcome.result == 0 || outcome.errorNumber != ECONNREFUSED
    }

    private static func text(_ tag: UInt8) -> String { "vrrpd-owner-\(tag)" }

    /// The address of a tag: a name that begins with a zero is in no file system.
    private static func with<Result>(_ tag: UInt8, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = [0] + Array(text(tag).utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = MemoryLayout<sa_family_t>.size + name.count
        return withUnsafePointer(to: address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }
}
