import Glibc
import VRRP
import VRRPEngine

extension Host {
    private static let ethernetHeaderLength = 14
    private static let ipv6HeaderLength = 40

    /// Carries out what the engine wants done: adverts and announcements leave first and together, then all else in order.
    ///
    /// A report costs a line of log, and whoever takes over many routers at once has many of them.
    func carryOutEffects() {
        guard !effects.isEmpty else { return }
        for effect in effects {
            if case .transmit(let transmission) = effect { transmit(transmission) }
            if case .announce(let announcement) = effect {
                frames.append(interfaceIndex: announcement.interfaceIndex) { announcement.encode(into: &$0) }
            }
        }
        frames.flush(failures: &failures)
        for effect in effects { carryOut(effect) }
        effects.removeAll(keepingCapacity: true)
        guard !hearingNews.isEmpty else { return }
        tellHearingNews()
        carryOutEffects()
    }

    /// Carries out what is not sent; configuration waits in its queue.
    private func carryOut(_ effect: Effect) {
        switch effect {
        case .transmit, .announce: return
        case .addAddress(let assignment): configuration.append(.address(.add(assignment)))
        case .removeAddress(let assignment): configuration.append(.address(.remove(assignment)))
        case .addRouting(let assignment):
            configuration.append(.routing(RoutingOperation(assignment: assignment, isAddition: true)))
        case .removeRouting(let assignment):
            configuration.append(.routing(RoutingOperation(assignment: assignment, isAddition: false)))
        case .createVirtualInterface(let interface): configuration.append(.createInterface(interface))
        case .removeVirtualInterface(let interface): configuration.append(.removeInterface(interface))
        case .setVirtualInterface(let interface, let isUp):
            configuration.append(.setInterface(interface, isUp: isUp))
        case .refuseTraffic(let address): configuration.append(.refuseTraffic(address))
        case .allowTraffic(let address): configuration.append(.allowTraffic(address))
        case .startListening(let subscription): startListening(subscription)
        case .stopListening(let subscription): stopListening(subscription)
        case .decision(let decision): observer.host(self, decided: decision)
        case .report(let report):
            observer.host(self, reported: report)
            guard deliversNotices else { return }
            whenConfigured { [unowned self] in observer.host(self, carriedOut: report) }
        }
    }

    private func transmit(_ transmission: Transmission) {
        switch transmission.destination {
        case .group:
            let length = frames.append(interfaceIndex: transmission.interfaceIndex) {
                engine.encode(transmission, into: &$0)
            }
            guard length > Self.ethernetHeaderLength + mtu(ofInterface: transmission.interfaceIndex) else { return }
            frames.withdrawLast(into: &scratch)
            sendInFragments(transmission)
        case .peer:
            scratch.removeAll(keepingCapacity: true)
            engine.encode(transmission, into: &scratch)
            sendToPeer(transmission)
        }
    }

    private func sendToPeer(_ transmission: Transmission) {
        let destination = engine.addresses(of: transmission).destination
        do throws(SystemCallError) {
            try unicast.send(
                scratch, from: Self.ethernetHeaderLength, to: destination, interfaceIndex: transmission.interfaceIndex)
        } catch {
            if error.errorNumber == EMSGSIZE, destination.family == .ipv6 { return sendInFragments(transmission) }
            failures.record(interfaceIndex: transmission.interfaceIndex, errorNumber: error.errorNumber)
        }
    }

    /// Sends the advert in ``scratch``, which is too long for one packet; only IPv6 has such.
    private func sendInFragments(_ transmission: Transmission) {
        let addresses = engine.addresses(of: transmission)
        guard case (.v6(let source), .v6(let destination)) = addresses else {
            return failures.record(interfaceIndex: transmission.interfaceIndex, errorNumber: EMSGSIZE)
        }
        do throws(SystemCallError) {
            try fragments.send(
                scratch, from: Self.ethernetHeaderLength + Self.ipv6HeaderLength, source: source,
                destination: destination, hopLimit: engine.hopLimit(of: transmission),
                interfaceIndex: transmission.interfaceIndex)
        } catch {
            failures.record(interfaceIndex: transmission.interfaceIndex, errorNumber: error.errorNumber)
        }
    }

    private func mtu(ofInterface index: Int32) -> Int { interfaces.link(index: index)?.mtu ?? 1500 }
}
