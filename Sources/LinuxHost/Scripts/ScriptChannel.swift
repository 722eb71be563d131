import CLinux
import Glibc

/// One end of the connection between the engine's process and the script runner; it keeps the bounds of messages.
struct ScriptChannel: ~Copyable {
    /// What was received.
    enum Reception {
        /// A message.
        case message([UInt8])
        /// None waits.
        case nothing
        /// The other side is gone.
        case end
    }

    /// The longest message: a line of the configuration holds much less.
    private static let longestMessage = 64 << 10
    /// Room for the scripts of a large configuration, so that to send them never waits.
    private static let bufferOctets: Int32 = 8 << 20

    private let descriptor: FileDescriptor

    /// Takes over one end.
    init(owning descriptor: consuming FileDescriptor) throws(SystemCallError) {
        try descriptor.reserveSendBuffer(octets: Self.bufferOctets)
        self.descriptor = descriptor
    }

    /// The descriptors of both ends of a new connection; neither ever waits.
    static func pair() throws(SystemCallError) -> (Int32, Int32) {
        var numbers: (Int32, Int32) = (-1, -1)
        let kind = Int32(bitPattern: SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        try systemCall("socketpair") {
            withUnsafeMutableBytes(of: &numbers) {
                socketpair(AF_UNIX, kind, 0, $0.assumingMemoryBound(to: Int32.self).baseAddress)
            }
        }
        return numbers
    }

    /// What is ready while a message waits.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Sends a message; one that finds no room is an error.
    borrowing func send(_ message: [UInt8]) throws(SystemCallError) {
        guard (1...Self.longestMessage).contains(message.count) else {
            throw SystemCallError("send", errorNumber: EMSGSIZE)
        }
        let number = descriptor.rawValue
        try systemCall("send") {
            Glibc.send(number, message, message.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
        }
    }

    /// The next message.
    borrowing func receive() throws(SystemCallError) -> Reception {
        let number = descriptor.rawValue
        var octets = [UInt8](repeating: 0, count: Self.longestMessage)
        let outcome = octets.withUnsafeMutableBytes { octets in
            retrying { recv(number, octets.baseAddress, octets.count, Int32(MSG_DONTWAIT)) }
        }
        switch (outcome.result, outcome.errorNumber) {
        case (1..., _): return .message(Array(octets[..<outcome.result]))
        case (0, _), (_, ECONNRESET): return .end
        case (_, EAGAIN): return .nothing
        default: throw SystemCallError("recv", errorNumber: outcome.errorNumber)
        }
    }
}
