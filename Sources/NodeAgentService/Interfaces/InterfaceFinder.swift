import Glibc
import NodeAgent
import VIPPlanning
import VRRP

/// Finds out which interface of the node a choice comes to.
struct InterfaceFinder: Sendable {
    /// The interface; nil where there is none.
    func interface(_ choice: InterfaceChoice) -> FoundInterface? {
        switch choice {
        // Whether it is there is for the engine to see, which waits until it comes.
        case .named(let name): return FoundInterface(name)
        case .towards(let address):
            return switch Self.route(to: address) {
            case .interfaces(let indexes, let prefixLength, let metric):
                FoundInterface(oneOf: Self.equals(of: indexes, prefixLength, metric, towards: address))
            // The route to an own address goes by the loopback interface, which is never meant.
            case .local: FoundInterface(oneOf: Self.addresses.interfaces(with: address))
            case .unreachable: nil
            }
        }
    }

    /// The interfaces that have a route to an address as good as those that the kernel has named, which of several routes takes
    /// the one that came first, and another one when that was gone for a moment.
    private static func equals(
        of indexes: Set<UInt32>, _ prefixLength: UInt8, _ metric: UInt32, towards address: IPAddress
    ) -> Set<String> {
        let names = Set(addresses.filter(\.isOnLink).map(\.interface))
        let others = Set(names.map { if_nametoindex($0) }).subtracting(indexes.union([0]))
        let equals = others.filter { other in
            guard case .interfaces(let found, prefixLength, metric) = route(to: address, by: other) else {
                return false
            }
            return found.contains(other)
        }
        return Set(equals.union(indexes).compactMap(name(of:)))
    }

    private static func route(to address: IPAddress, by interface: UInt32? = nil) -> RouteAnswer {
        // NETLINK_ROUTE is 0. Nobody but the kernel can answer: the socket is connected to it.
        let descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return .unreachable }
        defer { close(descriptor) }
        // struct sockaddr_nl: the family, and zeros that mean the kernel.
        var kernel = sockaddr()
        kernel.sa_family = sa_family_t(AF_NETLINK)
        let addressLength = socklen_t(12)
        guard connect(descriptor, &kernel, addressLength) == 0 else { return .unreachable }
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let question = RouteQuestion(address, by: interface).octets
        guard send(descriptor, question, question.count, 0) == question.count else { return .unreachable }
        let answer = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        return RouteAnswer(answer)
    }

    private static func name(of index: UInt32) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(IF_NAMESIZE)) { buffer in
            buffer.baseAddress.flatMap { if_indextoname(index, $0) }.map { String(cString: $0) }
        }
    }

    /// All addresses of the node.
    var addresses: [NodeAddress] { Self.addresses }

    private static var addresses: [NodeAddress] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        return sequence(first: list, next: { $0?.pointee.ifa_next }).compactMap { $0?.pointee }.compactMap { entry in
            entry.ifa_addr.flatMap { IPAddress(socketAddress: $0) }.map {
                NodeAddress(interface: String(cString: entry.ifa_name), address: $0)
            }
        }
    }
}

extension IPAddress {
    /// The address in a `sockaddr_in` or `sockaddr_in6`; nil for other families.
    fileprivate init?(socketAddress: UnsafePointer<sockaddr>) {
        let pointer = UnsafeRawPointer(socketAddress)
        switch Int32(socketAddress.pointee.sa_family) {
        case AF_INET:
            let octets = [UInt8](UnsafeRawBufferPointer(start: pointer + 4, count: 4))
            self.init(.ipv4, in: octets.span, at: 0)
        case AF_INET6:
            let octets = [UInt8](UnsafeRawBufferPointer(start: pointer + 8, count: 16))
            self.init(.ipv6, in: octets.span, at: 0)
        default: return nil
        }
    }
}
