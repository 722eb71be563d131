import Glibc
import NetworkLab
import Testing
import VRRP

@testable import LinuxHost
@testable import VRRPEngine

private let addresses: [VirtualAddress] = ["192.0.2.1", "2001:db8::1", "fe80::1"].compactMap {
    IPAddress($0).map { VirtualAddress($0) }
}

private func operations(_ make: (AddressAssignment) -> AddressOperation, _ index: Int32) -> [AddressOperation] {
    addresses.map { make(AddressAssignment(interfaceIndex: index, address: $0, router: nil)) }
}

/// Everything that a monitor has to tell until nothing waits.
func news(_ monitor: inout InterfaceMonitor) throws -> [InterfaceEvent] {
    var events: [InterfaceEvent] = []
    while try !monitor.receive(limit: 100, { events.append($0) }) {}
    return events
}

@Suite("Addresses", .needs([.root, .iproute2, .networkNamespaces, .veth]))
struct AddressTests {
    @Test("Configured addresses carry the protocol's tag and are usable at once, and their removal is told")
    func addAndRemove() async throws {
        let (failed, added, shown, removed) = try await Namespace.run {
            try Namespace.makePair()
            var monitor = try InterfaceMonitor()
            _ = try monitor.resynchronize()
            let index = try index(of: "a")
            var configurator = try AddressConfigurator()
            var failures: [NetlinkError?] = []
            configurator.perform(operations(AddressOperation.add, index)[...], failures: &failures)
            var failed = failures.compactMap(\.self)
            let shown = try shell("ip -d addr show dev a")
            // The kernel tells of an IPv6 address from a work queue.
            var added: [InterfaceEvent] = []
            _ = try poll {
                added += try news(&monitor)
                return addresses.allSatisfy { wanted in
                    added.contains {
                        if case .addressAdded(let address, _) = $0 { address.address == wanted.address } else { false }
                    }
                } ? true : nil
            }
            configurator.perform(operations(AddressOperation.remove, index)[...], failures: &failures)
            failed += failures.compactMap(\.self)
            return (failed, added, shown, try news(&monitor))
        }
        let told = added.compactMap { if case .addressAdded(let address, _) = $0 { address } else { nil } }
        for address in addresses {
            #expect(told.contains { $0.address == address.address && $0.originTag == 112 && !$0.isTentative })
            #expect(
                removed.contains {
                    if case .addressRemoved(address.address, _, _) = $0 { true } else { false }
                })
        }
        #expect(failed.isEmpty)
        #expect(shown.contains("inet 192.0.2.1/32 scope global"))
        #expect(shown.contains("inet6 2001:db8::1/128"))
        #expect(shown.contains("deprecated"))
        #expect(!shown.contains("tentative"))
    }

    @Test("Label, scope and broadcast of an IPv4 address are what the definition says")
    func details() async throws {
        let shown = try await Namespace.run {
            try Namespace.makePair()
            var address = VirtualAddress(.v4(IPv4Address(192, 0, 2, 7)), prefixLength: 24)
            address.label = "a:vip"
            address.scope = 253
            address.broadcast = IPv4Address(192, 0, 2, 255)
            let assignment = AddressAssignment(interfaceIndex: try index(of: "a"), address: address, router: nil)
            var configurator = try AddressConfigurator()
            var failures: [NetlinkError?] = []
            configurator.perform([.add(assignment)], failures: &failures)
            return try shell("ip addr show dev a")
        }
        #expect(shown.contains("inet 192.0.2.7/24 brd 192.0.2.255 scope link a:vip"))
    }

    @Test("In a batch each operation has its own outcome, and what already stands as wanted is a success")
    func batchErrors() async throws {
        let (first, second) = try await Namespace.run {
            try Namespace.makePair()
            let index = try index(of: "a")
            let known = AddressAssignment(interfaceIndex: index, address: addresses[0], router: nil)
            var nowhere = known
            nowhere.interfaceIndex = 4711
            var tooLong = known
            tooLong.address.prefixLength = 33
            var other = known
            other.address = VirtualAddress(.v4(IPv4Address(192, 0, 2, 2)))
            var configurator = try AddressConfigurator()
            var failures: [NetlinkError?] = []
            configurator.perform(
                [.add(known), .add(nowhere), .add(tooLong), .add(known), .add(other)], failures: &failures)
            let first = failures
            configurator.perform(
                [.remove(known), .remove(known), .remove(nowhere), .remove(other)], failures: &failures)
            return (first, failures)
        }
        #expect(first.map { $0?.errorNumber } == [nil, ENODEV, EINVAL, nil, nil])
        #expect(second == [nil, nil, nil, nil])
    }

    @Test("A thousand addresses come and go in batches")
    func many() async throws {
        let (count, rest, slowest) = try await Namespace.run {
            try Namespace.makePair()
            let index = try index(of: "a")
            let all = (0..<1000).map { number in
                AddressAssignment(
                    interfaceIndex: index,
                    address: VirtualAddress(.v4(IPv4Address(rawValue: 0x0a00_0000 + UInt32(number)))), router: nil)
            }
            var configurator = try AddressConfigurator()
            var failures: [NetlinkError?] = []
            var slowest = Nanoseconds.zero
            func perform(_ make: (AddressAssignment) -> AddressOperation) {
                for start in stride(from: 0, to: all.count, by: 8) {
                    let begin = MonotonicClock.now
                    configurator.perform(all[start..<start + 8].map(make)[...], failures: &failures)
                    slowest = max(slowest, MonotonicClock.now - begin)
                }
            }
            perform(AddressOperation.add)
            let count = try shell("ip -4 -o addr show dev a | wc -l")
            perform(AddressOperation.remove)
            return (count, try shell("ip -4 -o addr show dev a | wc -l"), slowest)
        }
        #expect(count == "1000\n")
        #expect(rest == "0\n")
        #expect(slowest < .seconds(1))
    }
}
