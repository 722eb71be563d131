import VRRP

// Feeds the receive path of adverts: first as an Ethernet frame, then as a bare message of either family, and at last
// with its checksum made right, because no search would find one.

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAdverts(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    if let packet = IPPacket(ethernet: input.span) {
        receive(Array(input[packet.message]), packet.datagram)
    }
    receive(input, Receiver.datagram4)
    receive(input, Receiver.datagram6)
    return 0
}

/// What the inputs are received with.
private enum Receiver {
    static let datagram4 = Datagram(
        source: .v4(IPv4Address(192, 0, 2, 20)), destination: AddressFamily.ipv4.vrrpGroup, hopLimit: 255)
    static let datagram6 = Datagram(
        source: .v6(IPv6Address(high: 0xfe80 << 48, low: 1)), destination: AddressFamily.ipv6.vrrpGroup,
        hopLimit: 255)

    static let addresses: [IPAddress] = [.v4(IPv4Address(192, 0, 2, 100)), .v4(IPv4Address(192, 0, 2, 101))]
    static let addresses6: [IPAddress] = [.v6(IPv6Address(high: 0xfe80 << 48, low: 0x64))]

    /// Configurations that differ in what decides about the way through the checks.
    static let rules: [ReceptionRules] = {
        var rules = [
            ReceptionRules(version: .v2, family: .ipv4, addresses: addresses),
            ReceptionRules(version: .v3, family: .ipv4, addresses: addresses),
            ReceptionRules(version: .v3, family: .ipv6, addresses: addresses6),
        ]
        if let password = SimpleTextPassword("s3cret") {
            rules.append(ReceptionRules(version: .v2, family: .ipv4, authentication: .simpleText(password)))
        }
        var strict = rules[1]
        strict.acceptedChecksums = .messageOnly
        strict.addressListMismatch = .discard
        var relaxed = rules[2]
        relaxed.requiresLinkLocalFirst = false
        relaxed.addressListMismatch = .ignore
        return rules + [strict, relaxed]
    }()
}

/// Takes a message through every configuration, as it is and with each checksum that could be meant.
private func receive(_ message: [UInt8], _ datagram: Datagram) {
    check(message, datagram)
    guard message.count >= VRRPNumbers.headerLength else { return }
    for withPseudoHeader in [false, true] {
        var repaired = message
        repaired.setUInt16(0, at: 6)
        var sum = InternetChecksum()
        sum.add(repaired.span)
        if withPseudoHeader {
            sum.addPseudoHeader(
                source: datagram.source, destination: datagram.destination, length: repaired.count)
        }
        repaired.setUInt16(sum.field, at: 6)
        check(repaired, datagram)
    }
}

private func check(_ message: [UInt8], _ datagram: Datagram) {
    for rules in Receiver.rules where rules.family == datagram.family {
        var rules = rules
        if !datagram.destination.isMulticast {
            rules.destination = datagram.destination
            rules.peers = [.init(address: datagram.source, minimumHopLimit: 64)]
        }
        guard let advertisement = try? rules.check(message.span, datagram) else { continue }
        requireSound(advertisement, message, datagram, rules)
    }
    _ = ReceptionRules.reasonForUnknownRouter(message.span, datagram) { $0 == 3 }
}

/// Stops unless encoding what was accepted gives the same message again.
private func requireSound(
    _ advertisement: ReceivedAdvertisement, _ message: [UInt8], _ datagram: Datagram, _ rules: ReceptionRules
) {
    guard let id = VirtualRouterID(rawValue: message[1]), let header = Advertisement(message.span) else {
        preconditionFailure("accepted without an identifier")
    }
    precondition(header.addressCount > 0 && header.priority == advertisement.priority)
    let contents = AdvertisementContents(
        version: rules.version, family: rules.family, virtualRouterID: id, interval: advertisement.interval,
        addresses: (0..<header.addressCount).map { Advertisement.address($0, of: rules.family, in: message.span) },
        authentication: rules.authentication)
    var encoded: [UInt8] = []
    contents.encode(
        priority: advertisement.priority, source: datagram.source, destination: datagram.destination,
        checksum: advertisement.checksumForm, into: &encoded)
    precondition(encoded.count == message.count, "accepted with a length that is not its own")
    // The receiver ignores the reserved bits and the data of authentication type 0; the checksum covers both.
    let isCanonical = rules.version == .v3 ? message[4] >> 4 == 0 : message.suffix(8) == encoded.suffix(8)
    let hasNegativeZero = message[6] == 0xff && message[7] == 0xff
    precondition(!isCanonical || hasNegativeZero || encoded == message, "accepted although it encodes otherwise")
}
