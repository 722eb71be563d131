import CLinux
import Glibc

/// The socket in the file system that clients connect to; mode 0660, so that its owner and its group may.
struct ControlListener: ~Copyable {
    /// The path of the socket.
    let path: String
    private let descriptor: FileDescriptor

    /// Makes the socket, in place of one that a dead process left.
    ///
    /// - Parameter group: The number of its group; nil for the one that new files have here.
    /// - Throws: EPERM where the process may not give files to the group, EADDRINUSE where another process answers under the path, EEXIST where there is something else than a
    ///   socket, ENAMETOOLONG for a path of more than 107 octets.
    init(path: String, group: UInt32? = nil) throws(SystemCallError) {
        descriptor = try Self.open(path, group)
        self.path = path
    }

    /// What is ready while a client waits to be let in.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Lets the next client in; nil when none waits.
    borrowing func accept() throws(SystemCallError) -> FileDescriptor? {
        let number = descriptor.rawValue
        let outcome = retrying { clinux_accept(number) }
        if outcome.errorNumber == EAGAIN || outcome.errorNumber == ECONNABORTED { return nil }
        guard outcome.result >= 0 else { throw SystemCallError("accept4", on: path, errorNumber: outcome.errorNumber) }
        return FileDescriptor(owning: outcome.result)
    }

    /// Removes the socket from the file system.
    borrowing func removePath() { unlink(path) }

    private static func open(_ path: String, _ group: UInt32?) throws(SystemCallError) -> FileDescriptor {
        let address = try address(path)
        try removeStale(path, address)
        do {
            let descriptor = try FileDescriptor.socket(family: AF_UNIX, kind: SOCK_STREAM, protocol: 0)
            let number = descriptor.rawValue
            // The mode of the socket becomes that of its path, so that there is no moment at which others may connect.
            try systemCall("fchmod") { fchmod(number, 0o660) }
            try systemCall("bind") { with(address) { bind(number, $0, $1) } }
            try open(path, number, to: group)
            return descriptor
        } catch {
            throw error.on(path)
        }
    }

    /// Lets the owner and the group connect to a socket that has its path.
    private static func open(_ path: String, _ number: Int32, to group: UInt32?) throws(SystemCallError) {
        do throws(SystemCallError) {
            if let group { try systemCall("chown") { chown(path, uid_t.max, group) } }
            try systemCall("chmod") { chmod(path, 0o660) }
            let waitingClients: Int32 = 16
            try systemCall("listen") { listen(number, waitingClients) }
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func removeStale(_ path: String, _ address: sockaddr_un) throws(SystemCallError) {
        var present = stat()
        guard lstat(path, &present) == 0 else { return }
        guard present.st_mode & S_IFMT == S_IFSOCK else { throw SystemCallError("bind", on: path, errorNumber: EEXIST) }
        let probe = try FileDescriptor.socket(family: AF_UNIX, kind: SOCK_STREAM, protocol: 0)
        let number = probe.rawValue
        let outcome = retrying { with(address) { connect(number, $0, $1) } }
        // A full queue of waiting clients (EAGAIN) is a sign of life as well.
        guard outcome.errorNumber == ECONNREFUSED else {
            throw SystemCallError("bind", on: path, errorNumber: EADDRINUSE)
        }
        unlink(path)
    }

    private static func address(_ path: String) throws(SystemCallError) -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let octets = Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { field in
            guard !octets.isEmpty, octets.count < field.count, !octets.contains(0) else { return false }
            field.copyBytes(from: octets)
            return true
        }
        guard fits else { throw SystemCallError("bind", on: path, errorNumber: ENAMETOOLONG) }
        return address
    }

    private static func with<Result>(
        _ address: sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
