import CLinux
import Glibc

/// A netlink message while it is being written: a header of its family, then attributes.
///
/// Its room is one page, which every message of this host fits in; what does not fit is an error, never cut.
struct NetlinkMessage: ~Copyable {
    private let message: OpaquePointer

    /// Takes over a message that the library built.
    init(owning message: OpaquePointer) { self.message = message }

    /// A message with the header of its family and no attributes.
    ///
    /// - Parameter flags: NLM_F_REQUEST is always set.
    init<Header>(type: Int, flags: Int32, header: Header) throws(SystemCallError) {
        guard let message = nlmsg_alloc_simple(Int32(type), flags | NLM_F_REQUEST) else {
            throw SystemCallError("nlmsg_alloc", errorNumber: ENOMEM)
        }
        var header = header
        let result = withUnsafeMutablePointer(to: &header) {
            nlmsg_append(message, $0, MemoryLayout<Header>.size, Int32(NLMSG_ALIGNTO))
        }
        guard result == 0 else {
            nlmsg_free(message)
            throw SystemCallError("nlmsg_append", errorNumber: ENOMEM)
        }
        self.message = message
    }

    deinit { nlmsg_free(message) }

    /// Adds an attribute whose data is a number or a C structure, in the byte order that it has.
    func add<Value: BitwiseCopyable>(_ attribute: Int, _ value: Value) throws(SystemCallError) {
        try checked(
            withUnsafePointer(to: value) { nla_put(message, Int32(attribute), Int32(MemoryLayout<Value>.size), $0) })
    }

    /// Adds an attribute whose data are the given octets.
    func add(_ attribute: Int, octets: [UInt8]) throws(SystemCallError) {
        try checked(nla_put(message, Int32(attribute), Int32(octets.count), octets))
    }

    /// Adds an attribute that is a text, ended by a zero.
    func add(_ attribute: Int, text: String) throws(SystemCallError) {
        try checked(nla_put_string(message, Int32(attribute), text))
    }

    /// Adds an attribute that holds the attributes which `body` adds.
    func nest(_ attribute: Int, _ body: () throws(SystemCallError) -> Void) throws(SystemCallError) {
        guard let nest = nla_nest_start(message, Int32(attribute) | NLA_F_NESTED) else { try checked(-1); return }
        try body()
        try checked(nla_nest_end(message, nest))
    }

    /// Appends the message to `octets`, padded to its alignment.
    func append(to octets: inout [UInt8]) {
        guard let header = nlmsg_hdr(message) else { return }
        let length = Int(header.pointee.nlmsg_len)
        octets.append(contentsOf: UnsafeRawBufferPointer(start: header, count: length))
        let alignment = Int(NLMSG_ALIGNTO)
        octets.append(contentsOf: repeatElement(0, count: -length & (alignment - 1)))
    }

    private func checked(_ result: Int32) throws(SystemCallError) {
        guard result >= 0 else { throw SystemCallError("nla_put", errorNumber: EMSGSIZE) }
    }
}
