import CLinux
import Glibc
import VRRPEngine

/// What a tracked file says at one moment.
struct TrackedFileReading: Hashable {
    /// The number in it; nil where the one from before holds.
    var number: Int?
    /// Why it is not what it should be; nil where it is, or is not there.
    var problem: FileProblem?

    /// What is read of a file at most, as keepalived does: a number needs less.
    private static let limit = 127

    /// Reads the file at a path; may wait for a disk or for a network: not for the engine's thread.
    ///
    /// The number stands at the beginning, as strtol(3) takes it: blanks, a sign, then decimal, octal after `0` or hexadecimal
    /// digits after `0x`; what follows is ignored. Without a file and without a number it is 0.
    static func read(_ path: String) -> TrackedFileReading {
        let opened = retrying { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
        guard opened.result >= 0 else {
            let isAbsent = [ENOENT, ENOTDIR].contains(opened.errorNumber)
            let error = SystemCallError("open", on: path, errorNumber: opened.errorNumber)
            return TrackedFileReading(number: 0, problem: isAbsent ? nil : .unreadable(error))
        }
        let file = FileDescriptor(owning: opened.result)
        let descriptor = file.rawValue
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            return TrackedFileReading(number: 0, problem: .notRegular)
        }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: limit + 1) { buffer in
            let count = retrying { Glibc.read(descriptor, buffer.baseAddress, limit) }
            guard count.result >= 0, let text = buffer.baseAddress else {
                let error = SystemCallError("read", on: path, errorNumber: count.errorNumber)
                return TrackedFileReading(number: 0, problem: .unreadable(error))
            }
            buffer[count.result] = 0
            errno = 0
            let number = strtol(text, nil, 0)
            guard errno == 0, Int32(exactly: number) != nil else { return TrackedFileReading(problem: .outOfRange) }
            return TrackedFileReading(number: number)
        }
    }
}

/// What is wrong with a tracked file.
public enum FileProblem: Hashable, Sendable {
    /// It cannot be opened or read; its number is 0.
    case unreadable(SystemCallError)
    /// It is a directory, a device or a pipe; its number is 0.
    case notRegular
    /// Its number has more than 32 bits; the one from before holds.
    case outOfRange
}

extension FileProblem: CustomStringConvertible {
    /// One clause without a full stop.
    public var description: String {
        switch self {
        case .unreadable(let error): "it cannot be read and counts as 0: \(error)"
        case .notRegular: "it is no regular file and counts as 0"
        case .outOfRange: "its number is beyond 32 bits and is ignored"
        }
    }
}
