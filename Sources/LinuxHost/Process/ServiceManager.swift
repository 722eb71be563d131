import CLinux
import Glibc
import VRRP

/// The service manager that has started the program, told what becomes of it (sd_notify(3)).
///
/// Nothing is told where `NOTIFY_SOCKET` names no socket. A manager that does not read is not waited for.
public struct ServiceManager {
    private let address: sockaddr_un?
    private let length: socklen_t

    /// The manager that an environment names, as `NOTIFY_SOCKET`: an absolute path, or a name behind `@`.
    public init(notifySocket path: String?) {
        guard let path, path.hasPrefix("/") || path.hasPrefix("@") else {
            (address, length) = (nil, 0)
            return
        }
        var octets = Array(path.utf8)
        if octets[0] == UInt8(ascii: "@") { octets[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { field in
            guard octets.count > 1, octets.count < field.count else { return false }
            field.copyBytes(from: octets)
            return true
        }
        self.address = fits ? address : nil
        length = socklen_t(MemoryLayout<sa_family_t>.size + octets.count)
    }

    /// The program works.
    public func tellReady() { tell("READY=1") }

    /// The program reads its configuration again; ``tellReady()`` follows.
    public func tellReloading() { tell("RELOADING=1\nMONOTONIC_USEC=\(MonotonicClock.now.rawValue / 1000)") }

    /// The program ends.
    public func tellStopping() { tell("STOPPING=1") }

    private func tell(_ text: String) {
        guard var address else { return }
        let kind = Int32(bitPattern: SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        let opened = retrying { socket(AF_UNIX, kind, 0) }
        guard opened.result >= 0 else { return }
        let descriptor = FileDescriptor(owning: opened.result)
        let (number, octets, length) = (descriptor.rawValue, Array(text.utf8), length)
        withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = retrying {
                    sendto(number, octets, octets.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL), address, length)
                }
            }
        }
    }
}
