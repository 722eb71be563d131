import VRRP
import VRRPEngine

/// The sockets that adverts are received with, one for each interface, family and kind of advert, watched by the event loop.
struct ReceiverTable {
    private struct Key: Hashable {
        let interfaceIndex: Int32
        let family: AddressFamily
        let hasAuthenticationHeader: Bool

        init(_ subscription: Subscription) {
            interfaceIndex = subscription.interfaceIndex
            family = subscription.family
            hasAuthenticationHeader = subscription.hasAuthenticationHeader
        }
    }

    private var numbers: [Key: UInt32] = [:]
    private var subscriptions: [Key: Set<Subscription>] = [:]
    private var nextNumber: UInt32 = 0
    /// The receivers by the number under which the event loop knows them.
    private(set) var receivers: [UInt32: AdvertReceiver] = [:]

    /// A table without receivers.
    init() {}

    /// Begins to receive, with a socket that another subscription has opened where there is one.
    mutating func start(_ subscription: Subscription, loop: borrowing EventLoop) throws(SystemCallError) {
        let key = Key(subscription)
        guard subscriptions[key]?.contains(subscription) != true else { return }
        let known = numbers[key].flatMap { receivers[$0] }
        let receiver: AdvertReceiver =
            if let known {
                known
            } else {
                try AdvertReceiver(
                    interfaceIndex: subscription.interfaceIndex, family: subscription.family,
                    hasAuthenticationHeader: subscription.hasAuthenticationHeader)
            }
        if let group = subscription.group { try receiver.join(group) }
        if known == nil {
            try loop.watch(receiver.fileDescriptor, as: .receiver(nextNumber))
            numbers[key] = nextNumber
            receivers[nextNumber] = receiver
            nextNumber &+= 1
        }
        subscriptions[key, default: []].insert(subscription)
    }

    /// Ends receiving; the socket closes with its last subscription.
    mutating func stop(_ subscription: Subscription, loop: borrowing EventLoop) throws(SystemCallError) {
        let key = Key(subscription)
        guard subscriptions[key]?.remove(subscription) != nil, let number = numbers[key] else { return }
        guard subscriptions[key]?.isEmpty == true, let receiver = receivers.removeValue(forKey: number) else {
            // The membership goes with the interface, too, and then there is nothing left to leave.
            if let group = subscription.group { try? receivers[number]?.leave(group) }
            return
        }
        subscriptions[key] = nil
        numbers[key] = nil
        // It closes when nobody has it any more, and must not before it is no longer watched.
        defer { withExtendedLifetime(receiver) {} }
        try loop.unwatch(receiver.fileDescriptor)
    }
}
