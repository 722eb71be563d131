import Glibc

/// What changes when a file is written or replaced.
struct FileSignature: Hashable {
    let device: UInt64
    let inode: UInt64
    let size: Int
    let seconds: Int
    let nanoseconds: Int
    /// The change of the file's inode: it tells of a write that set the other time back.
    let changeSeconds: Int
    let changeNanoseconds: Int
    let kind: Kind

    enum Kind: Hashable {
        case file, folder, other
    }

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        changeSeconds = status.st_ctim.tv_sec
        changeNanoseconds = status.st_ctim.tv_nsec
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            default: .other
            }
    }

    /// The signature of what a path leads to, through symbolic links.
    init(ofFileAt path: String) throws(FileProblem) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileProblem(errno) }
        self.init(status)
    }
}

/// Why the system does not do something with a file.
struct FileProblem: Error, Hashable {
    let errorNumber: Int32

    init(_ errorNumber: Int32) { self.errorNumber = errorNumber }

    /// Whether there is no such file.
    var isAbsence: Bool { errorNumber == ENOENT }
}

extension FileProblem: CustomStringConvertible {
    /// The words of the system.
    var description: String { String(cString: strerror(errorNumber)) }
}
