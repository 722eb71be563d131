import Glibc

/// A setting of the network stack that Linux shows as a file below /proc/sys/net.
struct KernelSetting: Hashable {
    /// The path of the file.
    let path: String

    /// An IPv4 setting of one interface, as `arp_ignore`.
    static func ipv4(_ name: String, of interface: String) -> KernelSetting {
        KernelSetting(path: "/proc/sys/net/ipv4/conf/\(interface)/\(name)")
    }

    /// Whether the kernel reports its memberships of 224.0.0.0/24, which switches forward to all in any case.
    static let localMulticastReports = KernelSetting(path: "/proc/sys/net/ipv4/igmp_link_local_mcast_reports")

    /// Reads the value, a number.
    func read() throws(SystemCallError) -> Int {
        let file = try open(O_RDONLY)
        var octets: [UInt8] = Array(repeating: 0, count: 32)
        let number = file.rawValue
        let path = path
        let outcome = octets.withUnsafeMutableBytes { octets in
            retrying { Glibc.read(number, octets.baseAddress, octets.count) }
        }
        guard outcome.result >= 0 else { throw SystemCallError("read", on: path, errorNumber: outcome.errorNumber) }
        let digits = octets.prefix(outcome.result).prefix { $0 > UInt8(ascii: " ") }
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else {
            throw SystemCallError("read", on: path, errorNumber: EINVAL)
        }
        return value
    }

    /// Writes the value, a number.
    func write(_ value: Int) throws(SystemCallError) {
        let file = try open(O_WRONLY)
        let number = file.rawValue
        let text = Array("\(value)\n".utf8)
        let outcome = text.withUnsafeBytes { text in retrying { Glibc.write(number, text.baseAddress, text.count) } }
        guard outcome.result >= 0 else { throw SystemCallError("write", on: path, errorNumber: outcome.errorNumber) }
    }

    private func open(_ access: Int32) throws(SystemCallError) -> FileDescriptor {
        let outcome = retrying { Glibc.open(path, access | O_CLOEXEC) }
        guard outcome.result >= 0 else { throw SystemCallError("open", on: path, errorNumber: outcome.errorNumber) }
        return FileDescriptor(owning: outcome.result)
    }
}
