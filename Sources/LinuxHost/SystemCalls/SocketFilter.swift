import CLinux
import Glibc
import VRRP

/// Programs of a few instructions by which the kernel decides what a socket gets (classic BPF).
enum SocketFilter {
    /// Gives a socket the packets that a program returns octets of, and no others.
    static func attach(_ program: [sock_filter], to descriptor: Int32) throws(SystemCallError) {
        var program = program
        let result = program.withUnsafeMutableBufferPointer { instructions in
            var filter = sock_fprog(len: UInt16(instructions.count), filter: instructions.baseAddress)
            return setsockopt(
                descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, socklen_t(MemoryLayout<sock_fprog>.size))
        }
        guard result == 0 else { throw SystemCallError("SO_ATTACH_FILTER", errorNumber: errno) }
    }

    /// IPv4 packets, header included, behind whose authentication header VRRP follows: what else IPsec carries, and how much
    /// of it, is nothing to a VRRP daemon.
    static var authenticatedAdverts: [sock_filter] {
        func instruction(_ code: Int32, _ value: UInt32, skipUnlessEqual count: UInt8 = 0) -> sock_filter {
            sock_filter(code: UInt16(code), jt: 0, jf: count, k: value)
        }
        return [
            // The length of the IP header, then the octet behind it: what the authentication header says comes next.
            instruction(BPF_LDX | BPF_B | BPF_MSH, 0), instruction(BPF_LD | BPF_B | BPF_IND, 0),
            instruction(BPF_JMP | BPF_JEQ | BPF_K, UInt32(VRRPNumbers.ipProtocol), skipUnlessEqual: 1),
            instruction(BPF_RET | BPF_K, .max), instruction(BPF_RET | BPF_K, 0),
        ]
    }
}
