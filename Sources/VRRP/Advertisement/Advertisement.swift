/// The fields of an advert apart from its addresses, which stay in the octets that they came in.
///
/// A value without heap storage: reading one costs no allocation.
public struct Advertisement: Hashable, Sendable {
    /// The version nibble, whatever it says.
    public var version: UInt8
    /// The type nibble; 1 in every valid advert.
    public var type: UInt8
    /// The virtual router identifier, 0 included, which no router has.
    public var virtualRouterID: UInt8
    /// The sender's priority; 0 says that it gives up.
    public var priority: UInt8
    /// How many addresses the sender says follow.
    public var addressCount: Int
    /// VRRPv3: the interval in centiseconds, reserved bits masked. VRRPv2: the interval in seconds times 100.
    public var intervalCentiseconds: Int
    /// VRRPv2: the authentication type; 0 for VRRPv3.
    public var authenticationType: UInt8
    /// The checksum field.
    public var checksum: UInt16

    /// Reads the fixed part of a message; nil when it is shorter than that.
    ///
    /// A version other than 2 is read with the layout of version 3.
    public init?(_ message: Span<UInt8>) {
        guard message.count >= VRRPNumbers.headerLength else { return nil }
        version = message[VRRPNumbers.Offset.versionAndType] >> 4
        type = message[VRRPNumbers.Offset.versionAndType] & 0xf
        virtualRouterID = message[VRRPNumbers.Offset.virtualRouterID]
        priority = message[VRRPNumbers.Offset.priority]
        addressCount = Int(message[VRRPNumbers.Offset.addressCount])
        checksum = message.uint16(at: VRRPNumbers.Offset.checksum)
        if version == ProtocolVersion.v2.rawValue {
            authenticationType = message[VRRPNumbers.Offset.authenticationType]
            intervalCentiseconds = Int(message[VRRPNumbers.Offset.advertisementIntervalSeconds]) * 100
        } else {
            authenticationType = 0
            intervalCentiseconds = Int(message.uint16(at: VRRPNumbers.Offset.maximumAdvertisementInterval) & 0x0fff)
        }
    }

    /// The length that the message must have for its version, family and address count, in octets.
    public static func length(version: ProtocolVersion, family: AddressFamily, addressCount: Int) -> Int {
        VRRPNumbers.headerLength + addressCount * family.addressLength
            + (version == .v2 ? VRRPNumbers.authenticationDataLength : 0)
    }

    /// The address at a place in the list of a message that is known to be complete.
    public static func address(_ position: Int, of family: AddressFamily, in message: Span<UInt8>) -> IPAddress {
        IPAddress(family, in: message, at: VRRPNumbers.Offset.addresses + position * family.addressLength)
    }
}

/// What an advert is made of, apart from the envelope; encoded once, then patched (``AdvertisementTemplate``).
public struct AdvertisementContents: Hashable, Sendable {
    /// The version of the message.
    public var version: ProtocolVersion
    /// The family of the addresses.
    public var family: AddressFamily
    /// The virtual router.
    public var virtualRouterID: VirtualRouterID
    /// The interval; must be representable in `version`.
    public var interval: AdvertisementInterval
    /// The addresses in wire order; at most 255 of `family`.
    public var addresses: [IPAddress]
    /// The authentication of VRRPv2.
    public var authentication: Authentication

    /// Describes an advert.
    public init(
        version: ProtocolVersion, family: AddressFamily, virtualRouterID: VirtualRouterID,
        interval: AdvertisementInterval, addresses: [IPAddress], authentication: Authentication = .none
    ) {
        self.version = version
        self.family = family
        self.virtualRouterID = virtualRouterID
        self.interval = interval
        self.addresses = addresses
        self.authentication = authentication
    }

    /// Appends the message with a priority and a correct checksum.
    ///
    /// - Parameter checksum: the form for VRRPv3 over IPv4; the other combinations have just one.
    public func encode(
        priority: UInt8, source: IPAddress, destination: IPAddress, checksum: ChecksumForm = .pseudoHeader,
        into octets: inout [UInt8]
    ) {
        let start = octets.count
        octets.append(version.rawValue << 4 | VRRPNumbers.advertisementType)
        octets.append(virtualRouterID.rawValue)
        octets.append(priority)
        octets.append(UInt8(truncatingIfNeeded: addresses.count))
        switch version {
        case .v2:
            octets.append(authentication.typeCode)
            octets.append(UInt8(truncatingIfNeeded: interval.centiseconds / 100))
        case .v3:
            octets.appendBigEndian(interval.centiseconds & 0x0fff)
        }
        octets.appendBigEndian(UInt16(0))
        for address in addresses { address.append(to: &octets) }
        if version == .v2 { octets.appendBigEndian(authentication.data) }

        var sum = InternetChecksum()
        sum.add(octets.span, from: start)
        if version == .v3, family == .ipv6 || checksum != .messageOnly {
            let covered = checksum == .pseudoHeaderOfGroup ? family.vrrpGroup : destination
            sum.addPseudoHeader(source: source, destination: covered, length: octets.count - start)
        }
        octets.setUInt16(sum.field, at: start + VRRPNumbers.Offset.checksum)
    }
}
