import CLinux
import Glibc

/// Sends complete Ethernet frames on any interface, many with one system call.
///
/// Runs on the engine's thread: once the arena has grown to the size of a batch, nothing is allocated.
struct FrameSender: ~Copyable {
    private struct Frame {
        let interfaceIndex: Int32
        let octets: Range<Int>
    }

    /// The most frames that one system call takes (UIO_MAXIOV of the kernel).
    private static let batchCapacity = 1024
    /// What may wait in the kernel. Adverts of all interfaces share it, so that an interface that is stuck with a full
    /// queue of a thousand frames must leave room for the others.
    private static let sendBufferOctets: Int32 = 8 << 20

    private let descriptor: FileDescriptor
    private var arena: [UInt8] = []
    private var frames: [Frame] = []
    private let headers: UnsafeMutablePointer<clinux_mmsghdr>
    private let vectors: UnsafeMutablePointer<iovec>
    private let addresses: UnsafeMutablePointer<sockaddr_ll>

    /// Opens the socket, which receives nothing; needs CAP_NET_RAW.
    init() throws(SystemCallError) {
        descriptor = try Self.open()
        headers = .allocate(capacity: Self.batchCapacity)
        vectors = .allocate(capacity: Self.batchCapacity)
        addresses = .allocate(capacity: Self.batchCapacity)
        for index in 0..<Self.batchCapacity {
            (vectors + index).initialize(to: iovec())
            var address = sockaddr_ll()
            address.sll_family = sa_family_t(AF_PACKET)
            address.sll_halen = 6
            (addresses + index).initialize(to: address)
            var header = clinux_mmsghdr()
            header.msg_hdr.msg_name = UnsafeMutableRawPointer(addresses + index)
            header.msg_hdr.msg_namelen = socklen_t(MemoryLayout<sockaddr_ll>.size)
            header.msg_hdr.msg_iov = vectors + index
            header.msg_hdr.msg_iovlen = 1
            (headers + index).initialize(to: header)
        }
    }

    deinit {
        headers.deallocate()
        vectors.deallocate()
        addresses.deallocate()
    }

    /// Puts a frame at the end of the batch: `encode` appends its octets, Ethernet header first.
    ///
    /// - Returns: The number of octets appended.
    @discardableResult
    mutating func append(interfaceIndex: Int32, _ encode: (inout [UInt8]) -> Void) -> Int {
        let start = arena.count
        encode(&arena)
        frames.append(Frame(interfaceIndex: interfaceIndex, octets: start..<arena.count))
        return arena.count - start
    }

    /// Takes the frame that was appended last out of the batch and replaces `frame` by it, for one that has to travel
    /// another way.
    mutating func withdrawLast(into frame: inout [UInt8]) {
        frame.removeAll(keepingCapacity: true)
        guard let last = frames.popLast() else { return }
        frame.append(contentsOf: arena[last.octets])
        arena.removeLast(last.octets.count)
    }

    /// Sends the batch; a frame that cannot be sent is counted in `failures` and does not keep others back.
    mutating func flush(failures: inout SendFailures) {
        guard !frames.isEmpty else { return }
        var first = 0
        while first < frames.count {
            let count = min(frames.count - first, Self.batchCapacity)
            send(first..<first + count, failures: &failures)
            first += count
        }
        frames.removeAll(keepingCapacity: true)
        arena.removeAll(keepingCapacity: true)
    }

    private static func open() throws(SystemCallError) -> FileDescriptor {
        // Protocol 0 keeps the kernel from handing over every frame that the node receives.
        let descriptor = try FileDescriptor.socket(family: AF_PACKET, kind: SOCK_RAW, protocol: 0)
        try descriptor.reserveSendBuffer(octets: sendBufferOctets)
        try descriptor.setHighestPriority()
        return descriptor
    }

    private func send(_ range: Range<Int>, failures: inout SendFailures) {
        let number = descriptor.rawValue
        arena.withUnsafeBytes { octets in
            guard let base = octets.baseAddress else { return }
            for (index, frame) in frames[range].enumerated() {
                vectors[index].iov_base = UnsafeMutableRawPointer(mutating: base + frame.octets.lowerBound)
                vectors[index].iov_len = frame.octets.count
                addresses[index].sll_ifindex = frame.interfaceIndex
                addresses[index].sll_protocol =
                    frame.octets.count >= 14
                    ? octets.loadUnaligned(fromByteOffset: frame.octets.lowerBound + 12, as: UInt16.self) : 0
            }
            var next = 0
            while next < range.count {
                let outcome = retrying {
                    clinux_sendmmsg(number, headers + next, UInt32(range.count - next), Int32(MSG_DONTWAIT))
                }
                if outcome.result > 0 {
                    next += Int(outcome.result)
                } else {
                    // The reason is that of the first frame alone; those behind it get their own chance.
                    failures.record(
                        interfaceIndex: frames[range.lowerBound + next].interfaceIndex,
                        errorNumber: outcome.errorNumber)
                    next += 1
                }
            }
        }
    }
}
