import Glibc
import VRRP
import VRRPEngine

extension Host {
    /// What one socket may deliver in a turn, in batches of the receiver's room; the rest comes with the next turn.
    static let receiveBatches = 4
    /// The same when the host was late: more than the socket's buffer holds of the smallest packets.
    static let lateReceiveBatches = 256
    /// The datagrams of news that are read in a turn.
    private static let newsLimit = 256

    /// Hands the packets of a receiver to the engine.
    func receive(_ number: UInt32, batches: Int) {
        guard let receiver = receivers.receivers[number] else { return }
        let now = MonotonicClock.now
        do throws(SystemCallError) {
            _ = try receiver.drain(batches: batches, using: batch) { index in
                let octets = batch.packet(at: index)
                switch receiver.family {
                case .ipv4:
                    engine.receiveIPv4(
                        octets.span, interfaceIndex: receiver.interfaceIndex, at: now, effects: &effects)
                case .ipv6:
                    let envelope = batch.envelope(at: index)
                    engine.receiveIPv6(
                        octets.span, source: envelope.source, destination: envelope.destination,
                        hopLimit: envelope.hopLimit, interfaceIndex: receiver.interfaceIndex, at: now,
                        effects: &effects)
                }
            }
        } catch {
            let interface = name(ofInterface: receiver.interfaceIndex)
            observer.host(self, warned: .receivingFailed(interface: interface, error))
        }
    }

    /// Hands news of interfaces and addresses to the engine.
    func readInterfaceNews() {
        let now = MonotonicClock.now
        var changes: [(address: IPAddress, index: Int32, isAdded: Bool)] = []
        do throws(SystemCallError) {
            _ = try interfaces.receive(limit: Self.newsLimit) { event in
                switch event {
                case .interfaceChanged(let interface):
                    engine.interfaceChanged(interface, at: now, effects: &effects)
                    settings.interfaceChanged(interface.name) { observer.host(self, warned: .settingRefused($0)) }
                case .interfaceRemoved(let index): engine.interfaceRemoved(index: index, at: now, effects: &effects)
                case .addressAdded(let address, let index):
                    if engine.owners.isUnknown(address) { lookForOwners() }
                    if tellsAddressChanges { changes.append((address.address, index, true)) }
                    engine.addressAdded(address, interfaceIndex: index, at: now, effects: &effects)
                case .addressRemoved(let address, let prefixLength, let index):
                    if tellsAddressChanges { changes.append((address, index, false)) }
                    engine.addressRemoved(
                        address, prefixLength: prefixLength, interfaceIndex: index, at: now, effects: &effects)
                case .resynchronized(let interfaces):
                    observer.host(self, warned: .interfaceNewsLost)
                    lookForOwners()
                    engine.interfacesResynchronized(interfaces, at: now, effects: &effects)
                }
            }
        } catch {
            observer.host(self, warned: .interfaceNewsFailed(error))
        }
        // The names of interfaces are not to be had while news of them are read.
        for (address, index, isAdded) in changes {
            let change = AddressChange(interface: name(ofInterface: index), address: address, isAdded: isAdded)
            observer.host(self, noticed: change)
        }
    }

    /// Tells the engine whose the tags on addresses are now; where that cannot be found out, it goes by the last time.
    func lookForOwners() {
        if let owners = try? owner.owners() { engine.owners = owners }
    }

    /// Begins to receive, or notes that it has to be tried again, and that the engine has to know: a node that is deaf would
    /// believe that it is alone.
    func startListening(_ subscription: Subscription) {
        do throws(SystemCallError) {
            try receivers.start(subscription, loop: loop)
            guard deafSubscriptions.remove(subscription) != nil else { return }
            hearingNews.append((subscription, true))
        } catch {
            if deafSubscriptions.insert(subscription).inserted { hearingNews.append((subscription, false)) }
            listenAgainAt = min(listenAgainAt, MonotonicClock.now + Self.repetition)
            let interface = name(ofInterface: subscription.interfaceIndex)
            observer.host(self, warned: .listeningFailed(interface: interface, subscription.family, error))
        }
    }

    /// Ends receiving.
    func stopListening(_ subscription: Subscription) {
        hearingNews.removeAll { $0.subscription == subscription }
        guard deafSubscriptions.remove(subscription) == nil else { return }
        do throws(SystemCallError) {
            try receivers.stop(subscription, loop: loop)
        } catch {
            let interface = name(ofInterface: subscription.interfaceIndex)
            observer.host(self, warned: .receivingFailed(interface: interface, error))
        }
    }

    /// Tries once more to receive where it has failed.
    func listenAgain() {
        listenAgainAt = .distantFuture
        for subscription in deafSubscriptions { startListening(subscription) }
        tellHearingNews()
        carryOutEffects()
    }

    /// Tells the engine what cannot be heard, and what can be again.
    func tellHearingNews() {
        let now = MonotonicClock.now
        for (subscription, hears) in hearingNews {
            engine.setHears(subscription, hears, at: now, effects: &effects)
        }
        hearingNews.removeAll(keepingCapacity: true)
    }
}
