import CLinux
import Glibc

/// Tells of processes as they begin, become other programs and end (the kernel's process connector).
///
/// The kernel serves it in the network, process and user namespaces that the node was started with, and nowhere else.
struct ProcessEvents: ~Copyable {
    /// What happened to a process.
    enum Event: Hashable {
        /// It has begun, runs another program or has another name.
        case changed(pid_t)
        /// It has ended.
        case ended(pid_t)
    }

    /// What one read has brought.
    enum Reception: Hashable {
        /// Nothing more for now.
        case nothing
        /// Events in order.
        case events([Event])
        /// More happened than there was room for.
        case lost
    }

    // linux/netlink.h, linux/connector.h, linux/cn_proc.h
    private static let connector: Int32 = 11
    private static let processGroup: UInt32 = 1
    private static let listen: UInt32 = 1
    private static let headersLength = 16 + 20
    private static let bufferLength = 1024
    /// Room for some thousand events, as many as a node that compiles has in a tenth of a second.
    private static let receiveBuffer: Int32 = 1 << 20
    /// How long the kernel may take to confirm; it does so at once where it does at all.
    private static let patience: Int32 = 500

    private let descriptor: FileDescriptor

    /// Subscribes; may wait for half a second.
    ///
    /// - Throws: Where the kernel does not serve this process.
    init() throws(SystemCallError) {
        guard Self.isInFirstNamespaces else {
            throw SystemCallError("subscribe to processes", errorNumber: EOPNOTSUPP)
        }
        let socket = try FileDescriptor.socket(family: AF_NETLINK, kind: SOCK_DGRAM, protocol: Self.connector)
        let number = socket.rawValue
        try socket.reserveReceiveBuffer(octets: Self.receiveBuffer)
        var address = sockaddr_nl()
        address.nl_family = sa_family_t(AF_NETLINK)
        address.nl_groups = Self.processGroup
        try systemCall("bind") {
            withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(number, $0, socklen_t(MemoryLayout<sockaddr_nl>.size))
                }
            }
        }
        // A netlink header, a connector header for the process group, and the word that subscribes.
        let words: [UInt32] = [40, 3, 0, 0, Self.processGroup, 1, 0, 0, 4, Self.listen]
        try systemCall("send") { words.withUnsafeBytes { send(number, $0.baseAddress, $0.count, 0) } }
        try Self.awaitConfirmation(number)
        descriptor = socket
    }

    /// What is ready while there are events.
    var fileDescriptor: Int32 { descriptor.rawValue }

    /// Whether the process sees the processes of the node by the numbers that the kernel tells.
    ///
    /// In a container that shares the network of the node alone, the kernel would say nothing to this process, and what it
    /// tells others would come in here all the same, with numbers that mean other processes or none.
    private static var isInFirstNamespaces: Bool {
        // include/linux/proc_ns.h: the same numbers on every Linux.
        namespace("pid") == "pid:[4026531836]" && namespace("user") == "user:[4026531837]"
    }

    private static func namespace(_ kind: String) -> String {
        var text = [CChar](repeating: 0, count: 64)
        let count = readlink("/proc/self/ns/\(kind)", &text, text.count)
        return String(decoding: text.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Without it the kernel would go on telling others, and to this process nothing, as from inside of a container.
    private static func awaitConfirmation(_ number: Int32) throws(SystemCallError) {
        var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        guard retrying({ poll(&waiting, 1, patience) }).result > 0 else {
            throw SystemCallError("subscribe to processes", errorNumber: EOPNOTSUPP)
        }
    }

    /// The events that have come in, in a bounded number.
    borrowing func receive() throws(SystemCallError) -> Reception {
        var events: [Event] = []
        for _ in 0..<256 {
            let number = descriptor.rawValue
            let outcome = withUnsafeTemporaryAllocation(byteCount: Self.bufferLength, alignment: 8) { buffer in
                let outcome = retrying { recv(number, buffer.baseAddress, buffer.count, 0) }
                if outcome.result > 0 {
                    let datagram = UnsafeRawBufferPointer(rebasing: buffer[..<outcome.result])
                    if let event = Self.event(datagram) { events.append(event) }
                }
                return outcome
            }
            switch outcome.errorNumber {
            case 0: continue
            case EAGAIN: return events.isEmpty ? .nothing : .events(events)
            case ENOBUFS: return .lost
            default: throw SystemCallError("recv", errorNumber: outcome.errorNumber)
            }
        }
        return .events(events)
    }

    /// The event in a datagram; nil for one of a thread, and for what does not matter.
    private static func event(_ datagram: UnsafeRawBufferPointer) -> Event? {
        guard datagram.count >= headersLength + 32 else { return nil }
        func word(_ offset: Int) -> UInt32 {
            datagram.loadUnaligned(fromByteOffset: headersLength + offset, as: UInt32.self)
        }
        // What happened, a processor, a time of eight octets, and then the numbers of thread and process.
        let (thread, process) = (pid_t(bitPattern: word(16)), pid_t(bitPattern: word(20)))
        switch word(0) {
        case 0x1:  // fork: of the parent first, then of the child
            let (thread, process) = (pid_t(bitPattern: word(24)), pid_t(bitPattern: word(28)))
            return thread == process ? .changed(process) : nil
        case 0x2, 0x200:  // exec, and a new name
            return thread == process ? .changed(process) : nil
        case 0x8000_0000:  // exit
            return thread == process ? .ended(process) : nil
        default: return nil
        }
    }
}
