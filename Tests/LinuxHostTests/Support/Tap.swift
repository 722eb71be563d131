import CLinux
import Glibc
import VRRP

@testable import LinuxHost

/// Sees every frame that an interface receives.
struct Tap: ~Copyable {
    private let descriptor: FileDescriptor

    /// Begins to look at an interface of the calling thread's namespace.
    init(_ interface: Int32) throws {
        descriptor = try Self.open(interface)
    }

    /// The frames since the last call.
    func frames() -> [[UInt8]] {
        var frames: [[UInt8]] = []
        var octets = [UInt8](repeating: 0, count: 2048)
        while true {
            let count = recv(descriptor.rawValue, &octets, octets.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return frames }
            frames.append(Array(octets[..<count]))
        }
    }

    private static func open(_ interface: Int32) throws -> FileDescriptor {
        let everything = UInt16(ETH_P_ALL).bigEndian
        let descriptor = try FileDescriptor.socket(family: AF_PACKET, kind: SOCK_RAW, protocol: Int32(everything))
        var address = sockaddr_ll()
        address.sll_family = sa_family_t(AF_PACKET)
        address.sll_protocol = everything
        address.sll_ifindex = interface
        let number = descriptor.rawValue
        try systemCall("bind") {
            withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(number, $0, socklen_t(MemoryLayout<sockaddr_ll>.size))
                }
            }
        }
        return descriptor
    }
}

/// The priorities of the adverts among frames, in order.
func advertisedPriorities(_ frames: [[UInt8]]) -> [UInt8] {
    frames.compactMap { frame in
        IPPacket(ethernet: frame.span).map { frame[$0.message.lowerBound + 2] }
    }
}

/// The addresses that frames announce by gratuitous ARP, in order.
func gratuitousARP(_ frames: [[UInt8]]) -> [IPAddress] {
    frames.compactMap { frame in
        guard frame.count >= 42, frame[12] == 8, frame[13] == 6, frame[28..<32] == frame[38..<42] else { return nil }
        return IPAddress(.ipv4, in: frame.span, at: 28)
    }
}
