import Foundation
import Glibc

/// A file system whose server answers nothing, as that of a network that is away: who looks at a file of it waits.
final class SilentFileSystem {
    /// Where it is mounted.
    let path = temporaryPath("silent")
    private let server: Int32

    /// Mounts it; needs root.
    init() throws {
        server = open("/dev/fuse", O_RDWR | O_CLOEXEC)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let options = "fd=\(server),rootmode=40000,user_id=0,group_id=0"
        guard mount("silent", path, "fuse", 0, options) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    deinit {
        // Whoever still waits is told that there is nothing.
        umount2(path, Int32(MNT_FORCE | MNT_DETACH))
        close(server)
        rmdir(path)
    }
}
