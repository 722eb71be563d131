import Glibc

/// The name of the host that the program runs on.
enum HostName {
    /// What the kernel calls it.
    static var current: String {
        // HOST_NAME_MAX with the terminating octet.
        var name = [CChar](repeating: 0, count: 65)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return name.withUnsafeBufferPointer { buffer in buffer.baseAddress.map { String(cString: $0) } ?? "localhost" }
    }
}
