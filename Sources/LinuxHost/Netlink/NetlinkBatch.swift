import CLinux

/// Requests that go to the kernel with one system call and are answered one by one.
struct NetlinkBatch {
    /// The messages one after the other.
    private(set) var octets: [UInt8] = []
    /// Where each message begins.
    private(set) var offsets: [Int] = []

    /// A batch without requests.
    init() {}

    /// The number of requests.
    var count: Int { offsets.count }

    /// Puts a request at the end.
    mutating func append(_ message: borrowing NetlinkMessage) {
        offsets.append(octets.count)
        message.append(to: &octets)
    }

    /// Removes the requests and keeps the room.
    mutating func removeAll() {
        octets.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
    }

    /// Numbers the requests from `first` on.
    mutating func number(from first: UInt32) {
        let fieldOffset = 8  // nlmsg_seq
        octets.withUnsafeMutableBytes { octets in
            for (index, offset) in offsets.enumerated() {
                octets.storeBytes(of: first &+ UInt32(index), toByteOffset: offset + fieldOffset, as: UInt32.self)
            }
        }
    }

    /// Whether the kernel is asked to answer the request at `index` also when all is well.
    func wantsAnswer(at index: Int) -> Bool {
        let fieldOffset = 6  // nlmsg_flags
        let flags = octets.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: offsets[index] + fieldOffset, as: UInt16.self)
        }
        return Int32(flags) & NLM_F_ACK != 0
    }
}
