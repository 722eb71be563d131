import Glibc

/// Files of the kernel that are read as a whole.
enum File {
    /// All of it; nothing where it cannot be read.
    static func content(of path: String) -> [UInt8] {
        let opened = retrying { open(path, O_RDONLY | O_CLOEXEC) }
        guard opened.result >= 0 else { return [] }
        let descriptor = FileDescriptor(owning: opened.result)
        let number = descriptor.rawValue
        var octets: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = chunk.withUnsafeMutableBytes { chunk in
                retrying { read(number, chunk.baseAddress, chunk.count) }.result
            }
            guard count > 0 else { return octets }
            octets += chunk[..<count]
        }
    }
}
