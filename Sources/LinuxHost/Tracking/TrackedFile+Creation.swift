import CLinux
import Glibc
import VRRPEngine

extension TrackedFileDefinition {
    /// Makes the file, where it is to be made, and where there is none or the start of the program overwrites it.
    ///
    /// A link in the place of the file is not followed, and neither a file with a second name nor anything but a regular
    /// file is written to: directories of files to be tracked may belong to others.
    ///
    /// - Parameter mayOverwrite: False after the start of the program: others may have written the file since.
    func makeInitialContent(mayOverwrite: Bool) throws(SystemCallError) {
        guard let initialContent else { return }
        let flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let made = retrying { open(path, flags | O_CREAT | O_EXCL, 0o600) }
        if made.result >= 0 { return try write(initialContent.number, to: FileDescriptor(owning: made.result)) }
        guard made.errorNumber == EEXIST else { throw SystemCallError("open", on: path, errorNumber: made.errorNumber) }
        guard initialContent.overwrites, mayOverwrite else { return }

        let opened = retrying { open(path, flags) }
        guard opened.result >= 0 else { throw SystemCallError("open", on: path, errorNumber: opened.errorNumber) }
        let file = FileDescriptor(owning: opened.result)
        let descriptor = file.rawValue
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG, information.st_nlink == 1
        else { throw SystemCallError("write", on: path, errorNumber: EPERM) }
        let cut = retrying { ftruncate(descriptor, 0) }
        guard cut.result == 0 else { throw SystemCallError("ftruncate", on: path, errorNumber: cut.errorNumber) }
        try write(initialContent.number, to: file)
    }

    private func write(_ number: Int, to file: consuming FileDescriptor) throws(SystemCallError) {
        let text = Array("\(number)\n".utf8)
        let descriptor = file.rawValue
        let written = retrying { text.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } }
        guard written.result == text.count else {
            throw SystemCallError("write", on: path, errorNumber: written.errorNumber)
        }
    }
}
