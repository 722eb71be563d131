import Glibc
import NetworkLab
import Testing
import VRRP

@testable import LinuxHost

/// An IPv4 packet in an Ethernet frame with a message that carries `mark`.
private func frame(mark: UInt8, to group: IPv4Address = IPv4Address(224, 0, 0, 18)) -> [UInt8] {
    var frame: [UInt8] = []
    MACAddress.multicast(.v4(group)).append(to: &frame)
    MACAddress(rawValue: 0x0000_5e00_0133).append(to: &frame)
    frame.appendBigEndian(UInt16(0x0800))
    let header: [UInt8] = [0x45, 0xc0, 0, 28, 0, 0, 0, 0, 255, 112, 0, 0, 192, 0, 2, 10]
    let start = frame.count
    frame += header
    IPAddress.v4(group).append(to: &frame)
    var sum = InternetChecksum()
    sum.add(frame.span, from: start)
    frame.setUInt16(sum.field, at: start + 10)
    return frame + [0x31, 1, mark, 0, 0, 100, 0xff, 0xff]
}

/// An IPv6 packet in an Ethernet frame, likewise; its checksum is wrong.
private func frame6(mark: UInt8, hopLimit: UInt8) -> [UInt8] {
    let group = AddressFamily.ipv6.vrrpGroup
    var frame: [UInt8] = []
    MACAddress.multicast(group).append(to: &frame)
    MACAddress(rawValue: 0x0000_5e00_0233).append(to: &frame)
    frame.appendBigEndian(UInt16(0x86dd))
    frame += [0x60, 0, 0, 0, 0, 8, 112, hopLimit]
    IPAddress.v6(source).append(to: &frame)
    group.append(to: &frame)
    return frame + [0x31, 1, mark, 0, 0, 100, 0xff, 0xff]
}

private let source = IPv6Address(high: 0xfe80_0000_0000_0000, low: 0xff_fe00_000a)

private func receive(
    _ receiver: AdvertReceiver, _ batch: borrowing ReceiveBatch, count: Int
) throws -> [[UInt8]] {
    var packets: [[UInt8]] = []
    for _ in 0..<200 where packets.count < count {
        _ = try receiver.drain(batches: 16, using: batch) { packets.append(Array(batch.packet(at: $0))) }
        usleep(1000)
    }
    return packets
}

@Suite("Packets", .needs([.root, .iproute2, .networkNamespaces, .veth]))
struct PacketTests {
    @Test("Frames of a batch arrive whole and in order, more of them than one system call takes")
    func ipv4() async throws {
        let (packets, failures) = try await Namespace.run {
            try Namespace.makePair()
            try shell("ip addr add 192.0.2.11/24 dev b")
            let receiver = try AdvertReceiver(interfaceIndex: try index(of: "b"), family: .ipv4)
            try receiver.join(AddressFamily.ipv4.vrrpGroup)
            var sender = try FrameSender()
            let interface = try index(of: "a")
            for mark in 0..<1500 {
                sender.append(interfaceIndex: interface) { $0 += frame(mark: UInt8(mark % 256)) }
            }
            var failures = SendFailures()
            sender.flush(failures: &failures)
            return (try receive(receiver, ReceiveBatch(), count: 1500), failures.counts)
        }
        #expect(failures.isEmpty)
        #expect(packets.map { $0[22] } == (0..<1500).map { UInt8($0 % 256) })
        #expect(packets.allSatisfy { $0.count == 28 && $0[8] == 255 })
    }

    @Test("An IPv6 message comes with its addresses and hop limit, and with a wrong checksum too")
    func ipv6() async throws {
        let (packets, envelopes) = try await Namespace.run {
            try Namespace.makePair()
            let receiver = try AdvertReceiver(interfaceIndex: try index(of: "b"), family: .ipv6)
            try receiver.join(AddressFamily.ipv6.vrrpGroup)
            var sender = try FrameSender()
            let interface = try index(of: "a")
            for hopLimit in [255, 254] as [UInt8] {
                sender.append(interfaceIndex: interface) { $0 += frame6(mark: hopLimit, hopLimit: hopLimit) }
            }
            var failures = SendFailures()
            sender.flush(failures: &failures)
            let batch = ReceiveBatch()
            var packets: [[UInt8]] = []
            var envelopes: [ReceiveBatch.IPv6Envelope] = []
            _ = try poll {
                _ = try receiver.drain(batches: 1, using: batch) {
                    packets.append(Array(batch.packet(at: $0)))
                    envelopes.append(batch.envelope(at: $0))
                }
                return packets.count == 2 ? true : nil
            }
            return (packets, envelopes)
        }
        #expect(packets.map { $0[2] } == [255, 254])
        #expect(envelopes.map(\.hopLimit) == [255, 254])
        #expect(envelopes.allSatisfy { $0.source == source && .v6($0.destination) == AddressFamily.ipv6.vrrpGroup })
    }

    @Test("A frame that cannot be sent is counted and does not keep the others back")
    func sendFailures() async throws {
        let (packets, counts, down) = try await Namespace.run {
            try Namespace.makePair()
            try shell("ip addr add 192.0.2.11/24 dev b; ip link add name c type veth peer name d")
            let receiver = try AdvertReceiver(interfaceIndex: try index(of: "b"), family: .ipv4)
            try receiver.join(AddressFamily.ipv4.vrrpGroup)
            var sender = try FrameSender()
            let down = try index(of: "c")
            let good = try index(of: "a")
            for mark in 0..<10 as Range<UInt8> {
                for interface in [down, good, 4711] {
                    sender.append(interfaceIndex: interface) { $0 += frame(mark: mark) }
                }
            }
            var failures = SendFailures()
            sender.flush(failures: &failures)
            return (try receive(receiver, ReceiveBatch(), count: 10), failures.takeAll(), down)
        }
        #expect(packets.map { $0[22] } == Array(0..<10))
        #expect(
            counts == [
                .init(interfaceIndex: down, errorNumber: ENETDOWN): 10,
                .init(interfaceIndex: 4711, errorNumber: ENXIO): 10,
            ])
    }

    @Test("Another group that somebody else joined is not heard, nor the own group on another interface")
    func isolation() async throws {
        let marks = try await Namespace.run {
            try Namespace.makePair()
            // The sender's address must not be one of this node, else the kernel takes the packet for a forgery.
            try shell("ip addr add 192.0.2.11/24 dev b; ip addr add 198.51.100.1/24 dev a")
            let receiver = try AdvertReceiver(interfaceIndex: try index(of: "b"), family: .ipv4)
            try receiver.join(AddressFamily.ipv4.vrrpGroup)
            let other = try AdvertReceiver(interfaceIndex: try index(of: "b"), family: .ipv4)
            try other.join(.v4(IPv4Address(224, 0, 0, 99)))
            let elsewhere = try AdvertReceiver(interfaceIndex: try index(of: "a"), family: .ipv4)
            try elsewhere.join(AddressFamily.ipv4.vrrpGroup)
            var sender = try FrameSender()
            let interface = try index(of: "a")
            sender.append(interfaceIndex: interface) { $0 += frame(mark: 1, to: IPv4Address(224, 0, 0, 99)) }
            sender.append(interfaceIndex: interface) { $0 += frame(mark: 2) }
            var failures = SendFailures()
            sender.flush(failures: &failures)
            let batch = ReceiveBatch()
            usleep(50_000)
            return (
                try receive(receiver, batch, count: 1).map { $0[22] },
                try receive(other, batch, count: 1).map { $0[22] },
                try receive(elsewhere, batch, count: 1).count
            )
        }
        #expect(marks == ([2], [1], 0))
    }

    @Test("A long IPv6 advert is cut by the kernel and arrives whole, with its source and hop limit 255")
    func fragments() async throws {
        let (packet, envelope) = try await Namespace.run {
            try Namespace.makePair()
            let receiver = try AdvertReceiver(interfaceIndex: try index(of: "b"), family: .ipv6)
            try receiver.join(AddressFamily.ipv6.vrrpGroup)
            var sender = FragmentingSender()
            let message = [0x31, 1, 100, 255] + [UInt8](repeating: 7, count: 4084)
            guard case .v6(let group) = AddressFamily.ipv6.vrrpGroup else { throw SetupFailure(description: "group") }
            let interface = try index(of: "a")
            // The source is the interface's own address, which the kernel needs a moment to make.
            try poll {
                do throws(SystemCallError) {
                    try sender.send(
                        [0, 0] + message, from: 2, source: source, destination: group, hopLimit: 9,
                        interfaceIndex: interface)
                    return true
                } catch {
                    if error.errorNumber == EINVAL { return nil }
                    throw error
                }
            }
            let batch = ReceiveBatch()
            return try poll {
                var found: ([UInt8], ReceiveBatch.IPv6Envelope)?
                _ = try receiver.drain(batches: 1, using: batch) {
                    found = (Array(batch.packet(at: $0)), batch.envelope(at: $0))
                }
                return found
            }
        }
        #expect(packet.count == 4088)
        #expect(packet.first == 0x31)
        #expect(envelope.hopLimit == 255)
        #expect(envelope.source == source)
    }

    @Test("Unicast packets of both families go where the kernel routes them")
    func unicast() async throws {
        let (ipv4, ipv6) = try await Namespace.run {
            // What a node sends to itself passes the loopback interface, yet counts as received where the address is.
            try Namespace.makePair()
            try shell("ip addr add 192.0.2.10/24 dev a; ip addr add 2001:db8::a/64 nodad dev a")
            try poll { try shell("ip -6 route show table local").contains("2001:db8::a ") ? true : nil }
            let interface = try index(of: "a")
            let receiver4 = try AdvertReceiver(interfaceIndex: interface, family: .ipv4)
            let receiver6 = try AdvertReceiver(interfaceIndex: interface, family: .ipv6)
            var sender = UnicastSender()
            let own4 = IPv4Address(192, 0, 2, 10)
            guard case .v6(let own6)? = IPAddress("2001:db8::a") else { throw SetupFailure(description: "address") }
            try sender.send(frame(mark: 4, to: own4), from: 14, to: .v4(own4), interfaceIndex: interface)
            var packet = frame6(mark: 6, hopLimit: 255)
            var octets: [UInt8] = []
            IPAddress.v6(own6).append(to: &octets)
            packet.replaceSubrange(22..<38, with: octets)
            packet.replaceSubrange(38..<54, with: octets)
            try sender.send(packet, from: 14, to: .v6(own6), interfaceIndex: interface)
            let batch = ReceiveBatch()
            return (try receive(receiver4, batch, count: 1), try receive(receiver6, batch, count: 1))
        }
        #expect(ipv4.map { $0[22] } == [4])
        #expect(ipv6.map { $0[2] } == [6])
    }

    @Test("Ancillary data that do not fit end the walk")
    func controlMessages() {
        var octets = [UInt8](repeating: 0, count: 64)
        octets[0] = 20
        octets[8] = 41
        octets[12] = 52
        octets[16] = 255
        octets[24] = 200
        let messages = octets.withUnsafeBytes { buffer in
            ControlMessages(buffer).map { ($0.level, $0.kind, $0.data.count) }
        }
        #expect(messages.count == 1)
        #expect(messages.first.map { $0 == (41, 52, 4) } == true)
        octets[0] = 3
        #expect(octets.withUnsafeBytes { Array(ControlMessages($0)).isEmpty })
        #expect(octets.prefix(10).withUnsafeBytes { Array(ControlMessages($0)).isEmpty })
    }
}
