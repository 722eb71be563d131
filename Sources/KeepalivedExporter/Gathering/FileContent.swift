import Glibc

/// A file as it was at one moment, with what tells it apart from one that replaces it or is written into it.
struct FileContent {
    /// What changes whenever a file is written anew.
    struct Identity: Equatable {
        let device: UInt64
        let inode: UInt64
        let size: Int64
        let seconds: Int
        let nanoseconds: Int
    }

    /// No more is read of a file.
    static let longest = 16 << 20

    let octets: [UInt8]
    let identity: Identity

    /// Reads the file; throws the error number.
    init(_ path: String) throws(SystemError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw SystemError() }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var count = 1
        while count > 0, octets.count <= Self.longest {
            var failure: SystemError?
            count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0 { failure = SystemError() }
                octets.append(contentsOf: buffer.prefix(max(count, 0)))
                return count
            }
            if let failure { throw failure }
        }
        guard octets.count <= Self.longest else { throw SystemError(number: EFBIG) }
        self.octets = octets
        identity = try Self.identity(of: descriptor)
    }

    /// What tells the file at `path` apart; nil while there is none.
    static func identity(ofFileAt path: String) -> Identity? {
        var attributes = stat()
        return stat(path, &attributes) == 0 ? Identity(attributes) : nil
    }

    private static func identity(of descriptor: Int32) throws(SystemError) -> Identity {
        var attributes = stat()
        guard fstat(descriptor, &attributes) == 0 else { throw SystemError() }
        return Identity(attributes)
    }
}

extension FileContent.Identity {
    fileprivate init(_ attributes: stat) {
        device = UInt64(attributes.st_dev)
        inode = UInt64(attributes.st_ino)
        size = Int64(attributes.st_size)
        seconds = attributes.st_mtim.tv_sec
        nanoseconds = attributes.st_mtim.tv_nsec
    }
}

/// The error number of a system call.
struct SystemError: Error {
    let number: Int32

    /// That of the call just now.
    init() { number = errno }

    init(number: Int32) { self.number = number }
}

/// What the C library says about an error number.
func systemErrorText(_ number: Int32) -> String { strerror(number).map { String(cString: $0) } ?? "error \(number)" }
