import Glibc
import VRRP
import VRRPEngine

/// Measures the engine's hot paths: times are shown, allocations are checked, because they repeat.
@main
enum EngineBenchmarks {
    static func main() throws {
        guard let id = VirtualRouterID(rawValue: 51) else { return }
        let measurements = try [
            encode(id), decode(id), active(interfaces: 1), active(interfaces: 16), backup(), reload(),
        ]
        print("operation".padded(58) + "time".paddedLeft(12) + "memory".paddedLeft(20))
        for measurement in measurements { print(measurement.line) }
        guard measurements.allSatisfy(\.isWithinThreshold) else { exit(1) }
    }

    private static let address = IPAddress.v4(IPv4Address(192, 0, 2, 100))
    private static let source = IPAddress.v4(IPv4Address(192, 0, 2, 1))
    private static let group = AddressFamily.ipv4.vrrpGroup

    private static func contents(_ id: VirtualRouterID, _ address: IPAddress) -> AdvertisementContents {
        AdvertisementContents(
            version: .v3, family: .ipv4, virtualRouterID: id, interval: Workbench.interval, addresses: [address])
    }

    private static func encode(_ id: VirtualRouterID) -> Measurement {
        let template = AdvertisementTemplate(
            contents(id, address), priority: 100, source: source, destination: group, checksum: .pseudoHeader,
            sourceMAC: MACAddress(rawValue: 1), destinationMAC: .multicast(group))
        var frames: [UInt8] = []
        frames.reserveCapacity(4096)
        return Measurement("encode an advert with a priority of its own", repetitions: 1_000_000) {
            for repetition in 0..<1_000_000 {
                frames.removeAll(keepingCapacity: true)
                template.append(priority: UInt8(truncatingIfNeeded: repetition), to: &frames)
            }
        }
    }

    private static func decode(_ id: VirtualRouterID) -> Measurement {
        var message: [UInt8] = []
        contents(id, address).encode(priority: 100, source: source, destination: group, into: &message)
        let rules = ReceptionRules(
            version: .v3, family: .ipv4, interval: Workbench.interval, addresses: [address])
        let datagram = Datagram(source: source, destination: group, hopLimit: 255)
        var accepted = 0
        let measurement = Measurement("decode and check an advert", repetitions: 1_000_000) {
            for _ in 0..<1_000_000 where (try? rules.check(message.span, datagram)) != nil { accepted += 1 }
        }
        precondition(accepted == 2_000_000)
        return measurement
    }

    /// Every router sends an advert each 100 ms; measured is one advert, timer and encoding included.
    private static func active(interfaces: Int) throws -> Measurement {
        var workbench = try Workbench(interfaces: interfaces, routersOnEach: 255, priority: 100)
        workbench.settle()
        let rounds = 100
        return Measurement(
            "send an advert, \(interfaces * 255) active routers", repetitions: rounds * interfaces * 255
        ) {
            let end = workbench.now + Workbench.interval.duration * Int64(rounds)
            while workbench.engine.nextDeadline <= end { workbench.advance() }
            workbench.now = end
        }
    }

    /// A backup of 255 routers hears all of them; measured is one advert, the timer moved included.
    private static func backup() throws -> Measurement {
        var workbench = try Workbench(interfaces: 1, routersOnEach: 255, priority: 100)
        var packets: [[UInt8]] = []
        for id in (1...UInt8(255)).compactMap(VirtualRouterID.init) {
            var packet: [UInt8] = []
            AdvertisementTemplate(
                contents(id, .v4(IPv4Address(10, 0, 1, id.rawValue))), priority: 200,
                source: .v4(IPv4Address(10, 0, 0, 2)), destination: group,
                checksum: .pseudoHeader, sourceMAC: MACAddress(rawValue: 2), destinationMAC: .multicast(group)
            ).append(priority: 200, to: &packet)
            packets.append(Array(packet.dropFirst(AdvertisementTemplate.ethernetHeaderLength)))
        }
        let rounds = 100
        let measurement = Measurement("hear an advert, 255 backup routers", repetitions: rounds * 255) {
            for _ in 0..<rounds {
                workbench.now = workbench.now + Workbench.interval.duration
                for packet in packets {
                    workbench.engine.receiveIPv4(
                        packet.span, interfaceIndex: 1, at: workbench.now, effects: &workbench.effects)
                }
                workbench.engine.advance(to: workbench.now, effects: &workbench.effects)
            }
        }
        let snapshot = workbench.engine.snapshot(at: workbench.now)
        precondition(snapshot.routers.allSatisfy { $0.statistics.advertisementsReceived == UInt64(2 * rounds) })
        precondition(snapshot.routers.allSatisfy { $0.state.name == .backup })
        return measurement
    }

    /// The definitions of 4,080 routers are compared with equal ones; allocations are part of it and only reported.
    private static func reload() throws -> Measurement {
        var workbench = try Workbench(interfaces: 16, routersOnEach: 255, priority: 100)
        let same = workbench.engine.definitions
        return Measurement("reload 4080 routers, nothing changed", repetitions: 1, allowedAllocations: .max) {
            do { try workbench.engine.apply(same, at: workbench.now, effects: &workbench.effects) } catch {
                preconditionFailure("\(error)")
            }
        }
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    fileprivate func paddedLeft(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
