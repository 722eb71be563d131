import CLinux

/// One netlink message as the kernel sent it; valid for as long as the buffer is that it was read from.
struct ReceivedNetlinkMessage {
    /// What it is: RTM_NEWLINK, NLMSG_ERROR ….
    let type: Int
    /// Its flags, NLM_F_….
    let flags: Int32
    /// The number of the request that it answers; 0 for an event.
    let sequence: UInt32
    /// The port of the socket whose request it answers or tells of; 0 where the kernel acts by itself.
    let portNumber: UInt32
    /// What follows the header.
    let payload: UnsafeRawBufferPointer
}

/// The messages of one datagram; the walk never leaves the buffer and ends where a length does not fit.
struct NetlinkMessages: Sequence, IteratorProtocol {
    private static let headerLength = 16
    private var rest: UnsafeRawBufferPointer

    /// The messages in `datagram`.
    init(_ datagram: UnsafeRawBufferPointer) { rest = datagram }

    /// The next message.
    mutating func next() -> ReceivedNetlinkMessage? {
        guard rest.count >= Self.headerLength else { return nil }
        let length = Int(rest.loadUnaligned(as: UInt32.self))
        guard length >= Self.headerLength, length <= rest.count else { return nil }
        let message = ReceivedNetlinkMessage(
            type: Int(rest.loadUnaligned(fromByteOffset: 4, as: UInt16.self)),
            flags: Int32(rest.loadUnaligned(fromByteOffset: 6, as: UInt16.self)),
            sequence: rest.loadUnaligned(fromByteOffset: 8, as: UInt32.self),
            portNumber: rest.loadUnaligned(fromByteOffset: 12, as: UInt32.self),
            payload: UnsafeRawBufferPointer(rebasing: rest[Self.headerLength..<length]))
        rest = UnsafeRawBufferPointer(rebasing: rest[Swift.min((length + 3) & ~3, rest.count)...])
        return message
    }
}

/// The attributes that follow a header; the walk never leaves the buffer and ends where a length does not fit.
struct NetlinkAttributes: Sequence, IteratorProtocol {
    /// One attribute.
    struct Attribute {
        /// Its kind, without the flags that share the field.
        let kind: Int
        /// Its data.
        let data: UnsafeRawBufferPointer

        /// The data as a number in the node's byte order; nil when they are too short.
        func number<Number: FixedWidthInteger & BitwiseCopyable>(as type: Number.Type) -> Number? {
            data.count >= MemoryLayout<Number>.size ? data.loadUnaligned(as: type) : nil
        }

        /// The data as a text that ends at its first zero.
        var text: String { String(decoding: data.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static let headerLength = 4
    private var rest: UnsafeRawBufferPointer

    /// The attributes in `octets` behind a header of `headerLength` octets.
    init(_ octets: UnsafeRawBufferPointer, behind headerLength: Int = 0) {
        rest = UnsafeRawBufferPointer(rebasing: octets[Swift.min((headerLength + 3) & ~3, octets.count)...])
    }

    /// The next attribute.
    mutating func next() -> Attribute? {
        guard rest.count >= Self.headerLength else { return nil }
        let length = Int(rest.loadUnaligned(as: UInt16.self))
        guard length >= Self.headerLength, length <= rest.count else { return nil }
        let attribute = Attribute(
            kind: Int(rest.loadUnaligned(fromByteOffset: 2, as: UInt16.self)) & 0x3fff,
            data: UnsafeRawBufferPointer(rebasing: rest[Self.headerLength..<length]))
        rest = UnsafeRawBufferPointer(rebasing: rest[Swift.min((length + 3) & ~3, rest.count)...])
        return attribute
    }
}
