import CLinux
import Glibc

/// Puts requests to the kernel and waits for the answers, which are there at once: the kernel handles a request while it
/// is being sent.
struct NetlinkChannel: ~Copyable {
    /// The answer to one request.
    struct Answer {
        /// 0 when the request was carried out, else the kernel's reason as in errno(3); nil when no answer came.
        var errorNumber: Int32?
        /// The kernel's own words about a failure.
        var explanation: String?
    }

    /// Room for the answers to a batch of some hundred requests; the bookkeeping of each takes near a kibioctet.
    private static let receiveBufferOctets: Int32 = 1 << 20

    private let socket: NetlinkSocket
    private var nextSequence: UInt32 = 1

    /// Connects to a netlink family.
    init(family: Int32) throws(SystemCallError) {
        socket = try NetlinkSocket(family: family, receiveBufferOctets: Self.receiveBufferOctets)
    }

    /// The number that the kernel puts into news of what was done on request of this channel.
    var portNumber: UInt32 { socket.portNumber }

    /// Lets lists contain only what matches the header of the request, where the kernel can do that.
    func filtersDumpsInKernel() { socket.filterDumps() }

    /// Puts the requests of a batch to the kernel and replaces `answers` by one for each, in order.
    mutating func perform(_ batch: inout NetlinkBatch, answers: inout [Answer]) throws(SystemCallError) {
        answers.removeAll(keepingCapacity: true)
        guard batch.count > 0 else { return }
        let first = nextSequence
        nextSequence &+= UInt32(batch.count)
        batch.number(from: first)
        answers.append(contentsOf: repeatElement(Answer(), count: batch.count))
        var outstanding = (0..<batch.count).count { batch.wantsAnswer(at: $0) }
        try socket.send(batch.octets)
        while outstanding > 0 {
            guard case .datagram(let datagram) = try socket.receive() else { return }
            for message in NetlinkMessages(datagram) where message.type == NLMSG_ERROR {
                let index = Int(message.sequence &- first)
                guard answers.indices.contains(index), answers[index].errorNumber == nil else { continue }
                answers[index] = Self.answer(in: message)
                outstanding -= 1
            }
        }
    }

    /// Puts a single request to the kernel.
    mutating func perform(_ name: String, _ message: borrowing NetlinkMessage) throws(NetlinkError) {
        var batch = NetlinkBatch()
        batch.append(message)
        var answers: [Answer] = []
        do {
            try perform(&batch, answers: &answers)
        } catch {
            throw NetlinkError(name, error)
        }
        let answer = answers.first ?? Answer()
        guard answer.errorNumber == 0 else {
            throw NetlinkError(name, errorNumber: answer.errorNumber ?? EPROTO, explanation: answer.explanation)
        }
    }

    /// Asks for everything of a kind, or for one thing with an acknowledgement behind it, and hands over each message.
    ///
    /// - Returns: Whether the answer is consistent: false when something changed while it was made.
    mutating func dump(
        _ request: borrowing NetlinkMessage, _ handle: (ReceivedNetlinkMessage) -> Void
    ) throws(SystemCallError) -> Bool {
        var batch = NetlinkBatch()
        batch.append(request)
        let sequence = nextSequence
        nextSequence &+= 1
        batch.number(from: sequence)
        try socket.send(batch.octets)
        var isConsistent = true
        while true {
            guard case .datagram(let datagram) = try socket.receive() else {
                throw SystemCallError("netlink dump", errorNumber: EPROTO)
            }
            for message in NetlinkMessages(datagram) where message.sequence == sequence {
                if message.flags & NLM_F_DUMP_INTR != 0 { isConsistent = false }
                switch message.type {
                case Int(NLMSG_DONE): return isConsistent
                case Int(NLMSG_ERROR):
                    let reason = Self.answer(in: message).errorNumber ?? EPROTO
                    guard reason == 0 else { throw SystemCallError("netlink dump", errorNumber: reason) }
                    return isConsistent
                default: handle(message)
                }
            }
        }
    }

    /// Puts a transaction of nf_tables to the kernel, which carries out all of it or nothing.
    ///
    /// - Parameters:
    ///   - name: what is done, for the error.
    ///   - fill: appends the messages of the transaction.
    mutating func transact(
        _ name: String, _ fill: (inout NetlinkBatch) throws(SystemCallError) -> Void
    ) throws(NetlinkError) {
        var batch = NetlinkBatch()
        var answers: [Answer] = []
        do {
            batch.append(try .transaction(begins: true))
            try fill(&batch)
            batch.append(try .transaction(begins: false))
            try perform(&batch, answers: &answers)
        } catch {
            throw NetlinkError(name, error)
        }
        // When one message is refused nothing is committed and the others are not answered.
        if let refusal = answers.first(where: { ($0.errorNumber ?? 0) != 0 }) {
            throw NetlinkError(name, errorNumber: refusal.errorNumber ?? EPROTO, explanation: refusal.explanation)
        }
        let isCommitted = answers.indices.allSatisfy { !batch.wantsAnswer(at: $0) || answers[$0].errorNumber == 0 }
        guard isCommitted else { throw NetlinkError(name, errorNumber: EPROTO) }
    }

    /// Reads an acknowledgement: the negative error, the header of the request, and attributes where the flags say so.
    private static func answer(in message: ReceivedNetlinkMessage) -> Answer {
        let fixedLength = 20
        guard message.payload.count >= fixedLength else { return Answer(errorNumber: EPROTO) }
        var answer = Answer(errorNumber: -message.payload.loadUnaligned(as: Int32.self))
        if message.flags & NLM_F_ACK_TLVS != 0 {
            for attribute in NetlinkAttributes(message.payload, behind: fixedLength)
            where attribute.kind == Int(NLMSGERR_ATTR_MSG.rawValue) {
                answer.explanation = attribute.text
            }
        }
        return answer
    }
}
