/// The ancillary data of one received packet, as a walk over its messages that never leaves the buffer.
struct ControlMessages: Sequence, IteratorProtocol {
    /// One message.
    struct Message {
        /// The protocol that its kind belongs to, as IPPROTO_IPV6.
        let level: Int32
        /// Its kind.
        let kind: Int32
        /// Its data; valid for as long as the buffer is.
        let data: UnsafeRawBufferPointer
    }

    private var rest: UnsafeRawBufferPointer

    /// The messages in `buffer`, which has the length that the kernel reported.
    init(_ buffer: UnsafeRawBufferPointer) { rest = buffer }

    /// The next message; nil at the end and where a length does not fit.
    mutating func next() -> Message? {
        // The length, an Int, the level and the kind, each an Int32 (struct cmsghdr).
        let headerLength = 16
        guard rest.count >= headerLength else { return nil }
        let length = rest.loadUnaligned(as: Int.self)
        guard length >= headerLength, length <= rest.count else { return nil }
        let message = Message(
            level: rest.loadUnaligned(fromByteOffset: 8, as: Int32.self),
            kind: rest.loadUnaligned(fromByteOffset: 12, as: Int32.self),
            data: UnsafeRawBufferPointer(rebasing: rest[headerLength..<length]))
        let alignment = MemoryLayout<Int>.size
        let step = (length + alignment - 1) & ~(alignment - 1)
        rest = UnsafeRawBufferPointer(rebasing: rest[Swift.min(step, rest.count)...])
        return message
    }
}
