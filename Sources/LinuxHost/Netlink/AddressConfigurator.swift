import CLinux
import Glibc
import VRRP
import VRRPEngine

/// One change of the addresses of an interface.
enum AddressOperation: Hashable {
    /// Configure the address.
    case add(AddressAssignment)
    /// Take it away.
    case remove(AddressAssignment)

    /// The address that is to change.
    var assignment: AddressAssignment {
        switch self {
        case .add(let assignment), .remove(let assignment): assignment
        }
    }

    /// Whether the address is to be configured.
    var isAddition: Bool {
        if case .add = self { true } else { false }
    }
}

extension AddressOperation: CustomStringConvertible {
    /// The operation as an order: `add 192.0.2.1/24`.
    var description: String { "\(isAddition ? "add" : "remove") \(assignment.address)" }
}

/// Configures addresses and takes them away, many with one system call.
struct AddressConfigurator: ~Copyable {
    private var channel: NetlinkChannel
    private var batch = NetlinkBatch()
    private var answers: [NetlinkChannel.Answer] = []
    /// The places, among the operations, of those in the batch.
    private var sent: [Int] = []
    /// Whether addresses are given a note of their origin; false once a kernel refused it.
    private var tellsOrigin = true
    private let originTag: UInt8
    /// For each of the operations that were carried out last, whether there was nothing to do: the address stood as wanted
    /// already. The kernel tells of no change then.
    private(set) var wereUnnecessary: [Bool] = []

    /// Connects to the kernel.
    ///
    /// - Parameter originTag: The note of their origin that addresses get.
    init(originTag: UInt8 = HostAddress.ownTag) throws(SystemCallError) {
        channel = try NetlinkChannel(family: NETLINK_ROUTE)
        self.originTag = originTag
    }

    /// Carries out operations in order and replaces `failures` by one entry for each: nil where the address now stands as
    /// wanted, whoever did it.
    mutating func perform(_ operations: ArraySlice<AddressOperation>, failures: inout [NetlinkError?]) {
        failures.removeAll(keepingCapacity: true)
        wereUnnecessary.removeAll(keepingCapacity: true)
        send(operations, failures: &failures)
        guard tellsOrigin else { return }
        for (position, operation) in zip(failures.indices, operations)
        where operation.isAddition && (failures[position]?.errorNumber).map(Self.mayMeanUnknownAttribute) ?? false {
            failures[position] = retryWithoutOrigin(operation)
        }
    }

    /// Sends one batch; an operation that cannot even be written down fails by itself.
    private mutating func send(_ operations: ArraySlice<AddressOperation>, failures: inout [NetlinkError?]) {
        let start = wereUnnecessary.count
        batch.removeAll()
        sent.removeAll(keepingCapacity: true)
        for (position, operation) in operations.enumerated() {
            wereUnnecessary.append(false)
            do {
                batch.append(try AddressRequest.message(for: operation, originTag: tellsOrigin ? originTag : nil))
                sent.append(position)
                failures.append(nil)
            } catch {
                failures.append(NetlinkError(operation.description, error))
            }
        }
        do {
            try channel.perform(&batch, answers: &answers)
            for (position, answer) in zip(sent, answers) {
                failures[position] = Self.failure(of: operations[operations.startIndex + position], answer)
                wereUnnecessary[start + position] = failures[position] == nil && answer.errorNumber != 0
            }
        } catch {
            for position in sent {
                failures[position] = NetlinkError(operations[operations.startIndex + position].description, error)
            }
        }
    }

    /// Kernels before 5.18 do not know who configured an address, and one of them could refuse to be told.
    private mutating func retryWithoutOrigin(_ operation: AddressOperation) -> NetlinkError? {
        tellsOrigin = false
        var failures: [NetlinkError?] = []
        send([operation], failures: &failures)
        wereUnnecessary.removeLast()
        let failure = failures.first ?? nil
        tellsOrigin = failure != nil
        return failure
    }

    private static func mayMeanUnknownAttribute(_ errorNumber: Int32) -> Bool {
        errorNumber == EINVAL || errorNumber == EOPNOTSUPP
    }

    private static func failure(of operation: AddressOperation, _ answer: NetlinkChannel.Answer) -> NetlinkError? {
        let reason = answer.errorNumber ?? EIO
        let isAsWanted: Bool =
            switch operation {
            case .add: reason == 0 || reason == EEXIST
            case .remove: reason == 0 || reason == EADDRNOTAVAIL || reason == ENODEV
            }
        guard !isAsWanted else { return nil }
        return NetlinkError(operation.description, errorNumber: reason, explanation: answer.explanation)
    }
}
