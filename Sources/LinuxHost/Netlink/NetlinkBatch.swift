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

    /// Puts a request at the end whose content the kernel itself has written.
    mutating func append(type: Int, flags: Int32, _ payload: UnsafeRawBufferPointer) {
        let headerLength = 16
        offsets.append(octets.count)
        withUnsafeBytes(of: UInt32(headerLength + payload.count)) { octets.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt16(type)) { octets.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt16(flags)) { octets.append(contentsOf: $0) }
        octets.append(contentsOf: repeatElement(0, count: 8))
        octets.append(contentsOf: payload)
        octets.append(contentsOf: repeatElement(0, count: -payload.count & (Int(NLMSG_ALIGNTO) - 1)))
    }

    /// The same requests in batches of at most `limit`.
    func portions(of limit: Int) -> [NetlinkBatch] {
        stride(from: 0, to: count, by: limit).map { first in
            let end = first + limit < count ? offsets[first + limit] : octets.count
            var portion = NetlinkBatch()
            portion.octets = Array(octets[offsets[first]..<end])
            portion.offsets = offsets[first..<min(first + limit, count)].map { $0 - offsets[first] }
            return portion
        }
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
