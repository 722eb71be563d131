/// What a virtual router accepts: its side of the checks of RFC 9568, section 7.1.
public struct ReceptionRules: Sendable {
    /// The version that it speaks.
    public var version: ProtocolVersion
    /// The family that it serves.
    public var family: AddressFamily
    /// VRRPv2: the interval that every advert must carry.
    public var interval: AdvertisementInterval
    /// VRRPv2: the authentication that every advert must carry.
    public var authentication: Authentication
    /// The addresses that it is configured with; empty where they are not known and cannot be compared.
    public var addresses: [IPAddress]
    /// The checksum forms that VRRPv3 over IPv4 may have.
    public var acceptedChecksums: AcceptedChecksumForms
    /// Whether the first IPv6 address must be link-local.
    public var requiresLinkLocalFirst: Bool
    /// What a differing address list leads to.
    public var addressListMismatch: AddressListMismatch
    /// Where adverts must be addressed to: the group, or the router's own address.
    public var destination: IPAddress
    /// The peers of a unicast router; nil when it uses multicast, where any source will do.
    public var peers: [Peer]?
    /// The router's own address, which no other router's advert comes from.
    public var ownAddress: IPAddress?
    /// Whether the router has no addresses by intent, so that adverts that list none are right.
    public var hasNoAddresses: Bool
    /// The priority in force; it decides alone which of two routers leaves out a number when theirs meet.
    public var priority: UInt8
    /// VRRPv2: the local router owns the addresses and hears nobody (RFC 3768, section 7.1).
    public var discardsAsAddressOwner: Bool

    /// A unicast peer and the hop limits that its adverts may arrive with.
    public struct Peer: Hashable, Sendable {
        /// The address that adverts come from.
        public var address: IPAddress
        /// The least hop limit, 255 for a neighbour on the link.
        public var minimumHopLimit: UInt8
        /// The greatest hop limit.
        public var maximumHopLimit: UInt8

        /// A peer.
        public init(address: IPAddress, minimumHopLimit: UInt8, maximumHopLimit: UInt8 = VRRPNumbers.hopLimit) {
            self.address = address
            self.minimumHopLimit = minimumHopLimit
            self.maximumHopLimit = maximumHopLimit
        }
    }

    /// The rules of a multicast router with the protocol's defaults.
    public init(
        version: ProtocolVersion, family: AddressFamily, interval: AdvertisementInterval = .default,
        authentication: Authentication = .none, addresses: [IPAddress] = []
    ) {
        self.version = version
        self.family = family
        self.interval = interval
        self.authentication = authentication
        self.addresses = addresses
        acceptedChecksums = .both
        requiresLinkLocalFirst = true
        addressListMismatch = .count
        destination = family.vrrpGroup
        peers = nil
        ownAddress = nil
        priority = 0
        discardsAsAddressOwner = false
        hasNoAddresses = false
    }
}

/// Something about an accepted advert that its receiver should know (RFC 9568, section 7.1: SHOULD log).
public struct ReceptionWarnings: OptionSet, Hashable, Sendable {
    /// One bit a warning.
    public let rawValue: UInt8
    /// Warnings whose bits are set in `rawValue`.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The addresses differ from the configured ones, or stand in another order.
    public static let addressListDiffers = ReceptionWarnings(rawValue: 1)
    /// VRRPv3: the interval differs from the configured one and is learned.
    public static let intervalDiffers = ReceptionWarnings(rawValue: 2)
    /// The first IPv6 address is not link-local.
    public static let firstAddressNotLinkLocal = ReceptionWarnings(rawValue: 4)
    /// The IPv6 source is not link-local.
    public static let sourceNotLinkLocal = ReceptionWarnings(rawValue: 8)

    /// The name of each single warning, in the words of RFC 8347 where it has them.
    public var names: [String] {
        [
            (Self.addressListDiffers, "address-list-mismatch"), (.intervalDiffers, "interval-mismatch"),
            (.firstAddressNotLinkLocal, "first-address-not-link-local"),
            (.sourceNotLinkLocal, "source-not-link-local"),
        ].compactMap { contains($0.0) ? $0.1 : nil }
    }
}

/// An advert that passed every check.
public struct ReceivedAdvertisement: Hashable, Sendable {
    /// The sender.
    public var source: IPAddress
    /// The sender's priority; 0 says that it gives up.
    public var priority: UInt8
    /// The interval that it announces.
    public var interval: AdvertisementInterval
    /// The form that its checksum had.
    public var checksumForm: ChecksumForm
    /// What about it should be known.
    public var warnings: ReceptionWarnings

    /// An advert with the given fields.
    public init(
        source: IPAddress, priority: UInt8, interval: AdvertisementInterval, checksumForm: ChecksumForm = .messageOnly,
        warnings: ReceptionWarnings = []
    ) {
        self.source = source
        self.priority = priority
        self.interval = interval
        self.checksumForm = checksumForm
        self.warnings = warnings
    }
}

extension ReceptionRules {
    /// Runs the checks that come before the virtual router is known: hop limit is left to ``check(_:message:datagram:)``
    /// because a unicast peer may have its own.
    ///
    /// - Parameter versions: the versions that are configured on the interface for the family.
    /// - Throws: the reason for which a packet to no configured virtual router counts.
    public static func reasonForUnknownRouter(
        _ message: Span<UInt8>, _ datagram: Datagram, acceptsVersion: (UInt8) -> Bool
    ) -> DiscardReason {
        guard datagram.hopLimit == VRRPNumbers.hopLimit else { return .hopLimit }
        guard let header = Advertisement(message) else { return .length }
        guard acceptsVersion(header.version) else { return .version }
        guard header.type == VRRPNumbers.advertisementType else { return .type }
        return .virtualRouterID
    }

    /// Whether a packet came the way that this virtual router's adverts come: to its group, or to its own address from a peer.
    public func expects(_ datagram: Datagram) -> Bool {
        guard datagram.family == family, datagram.destination == destination else { return false }
        return peers?.contains { $0.address == datagram.source } ?? true
    }

    /// Checks a message that is meant for this virtual router, in the order of RFC 9568, section 7.1.
    ///
    /// Reads only inside `message`, and inside `packet` where there is an authentication header; allocates nothing, and stops at
    /// the first failure.
    ///
    /// - Parameters:
    ///   - message: the octets behind the IP header, or behind the authentication header, to the end of the IP packet.
    ///   - packet: the IPv4 packet from its header to its end, for an advert with an authentication header.
    ///   - sequence: the numbers of authentication headers, which go on with an advert whose sender knows the key, whatever
    ///     else is wrong with it: who sends next must have a higher one.
    public func check(
        _ message: Span<UInt8>, _ datagram: Datagram, in packet: Span<UInt8>,
        _ sequence: inout AuthenticationSequence
    ) throws(DiscardReason) -> ReceivedAdvertisement {
        guard datagram.family == family, datagram.destination == destination else { throw .destination }
        guard datagram.source.isUnicast else { throw .ipHeader }
        guard datagram.source != ownAddress else { throw .source }
        guard try acceptsHopLimit(of: datagram) else { throw .hopLimit }
        guard let header = Advertisement(message) else { throw .length }
        guard header.version == version.rawValue else { throw .version }
        guard header.type == VRRPNumbers.advertisementType else { throw .type }
        guard VirtualRouterID(rawValue: header.virtualRouterID) != nil else { throw .virtualRouterID }
        guard
            message.count
                == Advertisement.length(version: version, family: family, addressCount: header.addressCount)
        else { throw .length }
        guard let form = checksumForm(of: message, datagram) else { throw .checksum }
        guard header.addressCount > 0 || hasNoAddresses else { throw .addressList }
        try checkAuthentication(header, message, datagram, packet, &sequence)
        guard let interval = AdvertisementInterval(centiseconds: header.intervalCentiseconds) else { throw .interval }

        var warnings: ReceptionWarnings = []
        if interval != self.interval {
            guard version == .v3 else { throw .interval }
            warnings.insert(.intervalDiffers)
        }
        if family == .ipv6 {
            if header.addressCount > 0, !Advertisement.address(0, of: family, in: message).isIPv6LinkLocal {
                guard !requiresLinkLocalFirst else { throw .addressList }
                warnings.insert(.firstAddressNotLinkLocal)
            }
            if !datagram.source.isIPv6LinkLocal, peers == nil { warnings.insert(.sourceNotLinkLocal) }
        }
        guard !discardsAsAddressOwner else { throw .source }
        if addressListMismatch != .ignore, !hasConfiguredAddresses(message, count: header.addressCount) {
            if addressListMismatch == .discard, header.priority != Priority.addressOwner.rawValue {
                throw .addressList
            }
            warnings.insert(.addressListDiffers)
        }
        return ReceivedAdvertisement(
            source: datagram.source, priority: header.priority, interval: interval, checksumForm: form,
            warnings: warnings)
    }

    /// Checks a message without an authentication header, or only as far as the one that it has.
    public func check(
        _ message: Span<UInt8>, _ datagram: Datagram
    ) throws(DiscardReason) -> ReceivedAdvertisement {
        var sequence = AuthenticationSequence()
        return try check(message, datagram, in: message, &sequence)
    }

    /// Whether a message that is refused for its source would pass every other check: another router uses this one's address.
    ///
    /// By multicast alone, where no packet of the node itself is among those received: its adverts leave by a packet socket,
    /// or by one whose packets are not looped back. A network that sends them back looks the same.
    public func isFromDuplicate(_ message: Span<UInt8>, _ datagram: Datagram, in packet: Span<UInt8>) -> Bool {
        guard peers == nil, datagram.source == ownAddress else { return false }
        var others = self
        others.ownAddress = nil
        others.discardsAsAddressOwner = false
        var sequence = AuthenticationSequence()
        do throws(DiscardReason) {
            _ = try others.check(message, datagram, in: packet, &sequence)
            return true
        } catch {
            return false
        }
    }

    private func acceptsHopLimit(of datagram: Datagram) throws(DiscardReason) -> Bool {
        guard let peers else { return datagram.hopLimit == VRRPNumbers.hopLimit }
        for peer in peers where peer.address == datagram.source {
            return datagram.hopLimit >= peer.minimumHopLimit && datagram.hopLimit <= peer.maximumHopLimit
        }
        throw .source
    }

    /// The form that makes the checksum right; nil when none of the accepted ones does.
    public func checksumForm(of message: Span<UInt8>, _ datagram: Datagram) -> ChecksumForm? {
        var sum = InternetChecksum()
        sum.add(message)
        let messageOnly = sum.folded == 0xffff
        guard version == .v3 else { return messageOnly ? .messageOnly : nil }
        if family == .ipv4, messageOnly, acceptedChecksums != .pseudoHeader { return .messageOnly }
        guard family == .ipv6 || acceptedChecksums != .messageOnly else { return nil }

        var withHeader = sum
        withHeader.addPseudoHeader(
            source: datagram.source, destination: datagram.destination, length: message.count)
        if withHeader.folded == 0xffff { return .pseudoHeader }
        guard family == .ipv4, peers != nil else { return nil }
        sum.addPseudoHeader(source: datagram.source, destination: family.vrrpGroup, length: message.count)
        return sum.folded == 0xffff ? .pseudoHeaderOfGroup : nil
    }

    private func checkAuthentication(
        _ header: Advertisement, _ message: Span<UInt8>, _ datagram: Datagram, _ packet: Span<UInt8>,
        _ sequence: inout AuthenticationSequence
    ) throws(DiscardReason) {
        guard version == .v2 else {
            guard datagram.authenticationHeader == nil else { throw .authenticationMismatch }
            return
        }
        guard header.authenticationType <= 2 else { throw .authenticationType }
        guard header.authenticationType == authentication.typeCode,
            (datagram.authenticationHeader != nil) == (authentication.authenticationHeaderKey != nil)
        else { throw .authenticationMismatch }
        switch authentication {
        case .none: break
        case .simpleText(let password):
            // One comparison of eight octets at once takes the same time wherever they differ.
            let data = message.uint64(at: message.count - VRRPNumbers.authenticationDataLength)
            guard data == password.octets else { throw .authenticationFailure }
        case .authenticationHeader(let key):
            guard let authentic = datagram.authenticationHeader, isAuthentic(authentic, message, datagram, packet, key),
                sequence.admit(authentic.sequenceNumber, isAhead: isBetter(than: header, from: datagram.source))
            else { throw .authenticationFailure }
        }
    }

    /// Whether the local router wins against the sender of an advert (RFC 3768, section 6.4.3).
    private func isBetter(than header: Advertisement, from source: IPAddress) -> Bool {
        guard header.priority == priority else { return header.priority < priority }
        return ownAddress.map { $0 > source } ?? false
    }

    /// Whether the sender knows the key, and its index is its address, by which keepalived knows it.
    private func isAuthentic(
        _ header: AuthenticationHeader, _ message: Span<UInt8>, _ datagram: Datagram, _ packet: Span<UInt8>,
        _ key: SimpleTextPassword
    ) -> Bool {
        let headerOffset = packet.count - message.count - AuthenticationHeader.length
        guard headerOffset >= 20, case .v4(let source) = datagram.source,
            header.securityParametersIndex == source.rawValue
        else { return false }
        let coverage = AuthenticationCoverage(headerOffset: headerOffset, isUnicast: peers != nil)
        let value = IntegrityCheckValue(of: packet.count, key: key) { place in
            coverage.countsAsZero(place) ? 0 : packet[place]
        }
        return value.matches(header.integrityCheckValue)
    }

    private func hasConfiguredAddresses(_ message: Span<UInt8>, count: Int) -> Bool {
        guard !addresses.isEmpty else { return !hasNoAddresses || count == 0 }
        guard addresses.count == count else { return false }
        for position in 0..<count
        where Advertisement.address(position, of: family, in: message) != addresses[position] {
            return false
        }
        return true
    }
}
