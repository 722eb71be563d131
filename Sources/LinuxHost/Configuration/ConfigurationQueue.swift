import VRRP
import VRRPEngine

/// One change of the node's configuration.
enum ConfigurationStep {
    /// An address of an interface.
    case address(AddressOperation)
    /// A route or a rule.
    case routing(RoutingOperation)
    /// A macvlan interface is to be made.
    case createInterface(VirtualInterface)
    /// A macvlan interface is to be removed.
    case removeInterface(VirtualInterface)
    /// A macvlan interface is to be set up or down.
    case setInterface(VirtualInterface, isUp: Bool)
    /// Packets to an address are to be dropped.
    case refuseTraffic(IPAddress)
    /// Packets to an address are no longer to be dropped.
    case allowTraffic(IPAddress)
    /// What stands before this is done, and somebody wants to know.
    case call(() -> Void)
}

/// Changes of the node's configuration that wait for their turn, in the order in which the engine asked for them.
///
/// The engine may ask for thousands at once; done in one go they would keep adverts waiting.
struct ConfigurationQueue {
    /// What is to be done next.
    enum Work {
        /// Addresses, to be changed with one request.
        case addresses([AddressOperation])
        /// Routes and rules, to be changed with one request.
        case routing([RoutingOperation])
        /// One step of another kind.
        case step(ConfigurationStep)
    }

    private var steps: [ConfigurationStep] = []
    private var next = 0

    /// A queue without steps.
    init() {}

    /// Whether nothing waits.
    var isEmpty: Bool { next == steps.count }

    /// Puts a step at the end.
    mutating func append(_ step: ConfigurationStep) { steps.append(step) }

    /// Takes the oldest step, or as many steps as are about addresses, or about routes and rules, up to their limits; nil
    /// when nothing waits.
    mutating func takeNext(addresses limit: Int, routing routingLimit: Int) -> Work? {
        guard !isEmpty else { return nil }
        defer { compact() }
        var operations: [AddressOperation] = []
        while next < steps.count, operations.count < limit, case .address(let operation) = steps[next] {
            operations.append(operation)
            next += 1
        }
        guard operations.isEmpty else { return .addresses(operations) }
        var routing: [RoutingOperation] = []
        while next < steps.count, routing.count < routingLimit, case .routing(let operation) = steps[next] {
            routing.append(operation)
            next += 1
        }
        guard routing.isEmpty else { return .routing(routing) }
        next += 1
        return .step(steps[next - 1])
    }

    /// Gives up the room of steps that were taken, at a cost that each step bears once.
    private mutating func compact() {
        guard next == steps.count || next > 1024 && next > steps.count / 2 else { return }
        steps.removeFirst(next)
        next = 0
    }
}
