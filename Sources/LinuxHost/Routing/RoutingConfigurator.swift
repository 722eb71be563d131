import CLinux
import Glibc
import VRRP
import VRRPEngine

/// One change of the routes or rules of the node.
struct RoutingOperation: Hashable {
    /// The route or rule.
    var assignment: RoutingAssignment
    /// Whether it is to be configured; else it is taken away.
    var isAddition: Bool
}

extension RoutingOperation: CustomStringConvertible {
    /// The operation as an order: `add route default via 192.0.2.1`.
    var description: String { "\(isAddition ? "add" : "remove") \(assignment.entry)" }
}

/// Configures routes and rules and takes them away, many with one system call.
struct RoutingConfigurator: ~Copyable {
    private var channel: NetlinkChannel
    private var batch = NetlinkBatch()
    private var answers: [NetlinkChannel.Answer] = []
    /// The places, among the operations, of those in the batch.
    private var sent: [Int] = []

    /// How an operation ended.
    enum Result {
        /// The kernel has done it, or it stood as wanted.
        case success(ConfigurationOutcome)
        /// The kernel refused it.
        case failure(NetlinkError)
    }

    /// The number that marks routes and rules of this process.
    let ownProtocol: UInt8

    /// Connects to the kernel.
    ///
    /// - Parameter ownProtocol: The number that marks routes and rules of this process.
    init(ownProtocol: UInt8 = VirtualRoute.ownProtocol) throws(SystemCallError) {
        channel = try NetlinkChannel(family: NETLINK_ROUTE)
        self.ownProtocol = ownProtocol
    }

    /// The number that the kernel puts into news of what this configurator did.
    var portNumber: UInt32 { channel.portNumber }

    /// Carries out operations in order and replaces `results` by one for each.
    mutating func perform(_ operations: [RoutingOperation], results: inout [Result]) {
        results.removeAll(keepingCapacity: true)
        batch.removeAll()
        sent.removeAll(keepingCapacity: true)
        for (position, operation) in operations.enumerated() {
            do {
                batch.append(try message(for: operation))
                sent.append(position)
                results.append(.success(.done))
            } catch {
                results.append(.failure(NetlinkError(operation.description, error)))
            }
        }
        do {
            try channel.perform(&batch, answers: &answers)
            for (position, answer) in zip(sent, answers) {
                results[position] = Self.result(of: operations[position], answer)
            }
        } catch {
            for position in sent { results[position] = .failure(NetlinkError(operations[position].description, error)) }
        }
    }

    private func message(for operation: RoutingOperation) throws(SystemCallError) -> NetlinkMessage {
        switch operation.assignment.entry {
        case .route(let route):
            try RouteRequest.message(
                for: route, interfaceIndices: operation.assignment.interfaceIndices, ownProtocol: ownProtocol,
                isAddition: operation.isAddition)
        case .rule(let rule):
            try RuleRequest.message(for: rule, ownProtocol: ownProtocol, isAddition: operation.isAddition)
        }
    }

    private static func result(of operation: RoutingOperation, _ answer: NetlinkChannel.Answer) -> Result {
        let reason = answer.errorNumber ?? EIO
        let isAsWanted =
            operation.isAddition
            ? reason == EEXIST : [ESRCH, ENOENT, ENODEV, ENETDOWN, EADDRNOTAVAIL].contains(reason)
        if isAsWanted { return .success(.unnecessary) }
        if reason == 0 { return .success(.done) }
        return .failure(
            NetlinkError(operation.description, errorNumber: reason, explanation: answer.explanation))
    }
}

// MARK: - Leftovers

extension RoutingConfigurator {
    /// Removes the routes and rules that dead processes have left behind.
    ///
    /// - Parameter marks: The numbers that mark them.
    /// - Returns: How many were removed.
    mutating func removeLeftovers(markedBy marks: [UInt8] = [VirtualRoute.ownProtocol]) throws(SystemCallError) -> Int {
        // The kernel then lists only what has the mark; one too old for that lists all, which is filtered below.
        channel.filtersDumpsInKernel()
        var count = 0
        for family in [AF_INET, AF_INET6] {
            for mark in marks {
                var header = rtmsg()
                header.rtm_family = UInt8(family)
                header.rtm_protocol = mark
                count += try remove(
                    RTM_DELROUTE, listedBy: try NetlinkMessage(type: RTM_GETROUTE, flags: NLM_F_DUMP, header: header),
                    where: { RoutingNews.markOfRoute($0) == mark })
            }
            var rule = fib_rule_hdr()
            rule.family = UInt8(family)
            count += try remove(
                RTM_DELRULE, listedBy: try NetlinkMessage(type: RTM_GETRULE, flags: NLM_F_DUMP, header: rule),
                where: { RoutingNews.markOfRule($0).map(marks.contains) ?? false })
        }
        return count
    }

    /// Sends back as orders to delete what a list contains.
    private mutating func remove(
        _ type: Int, listedBy request: borrowing NetlinkMessage, where isOwn: (UnsafeRawBufferPointer) -> Bool
    ) throws(SystemCallError) -> Int {
        var found = NetlinkBatch()
        _ = try channel.dump(request) { message in
            if isOwn(message.payload) { found.append(type: type, flags: NLM_F_REQUEST | NLM_F_ACK, message.payload) }
        }
        var removed = 0
        for batch in found.portions(of: Self.leftoversAtOnce) {
            var batch = batch
            try channel.perform(&batch, answers: &answers)
            removed += answers.count { $0.errorNumber == 0 }
        }
        return removed
    }

    private static let leftoversAtOnce = 64
}
