public import VRRP

/// What a router does where implementations or versions of the standard differ.
public struct InteroperabilityPolicy: Equatable, Sendable {
    /// Which form the checksum of VRRPv3 over IPv4 is sent in.
    public var transmittedChecksum: TransmittedChecksumForm = .pseudoHeader
    /// Which forms the checksum of VRRPv3 over IPv4 is accepted in.
    public var acceptedChecksums: AcceptedChecksumForms = .both
    /// Whether an IPv6 advert whose first address is not link-local is discarded (RFC 9568, erratum 8300).
    public var requiresLinkLocalFirst = true
    /// What follows when an advert lists other addresses than this router has.
    public var addressListMismatch: AddressListMismatch = .count
    /// Whether an active router answers an advert of lower priority at once (RFC 9568, section 6.4.3) or keeps to its
    /// schedule (RFC 5798).
    public var answersLowerPriority = true
    /// Whether an active router sends one more advert before it yields to a better one, so that the winner of a healed
    /// partition hears of the contest and announces its addresses again; the standard sends none.
    public var advertisesBeforeYielding = false
    /// Whether two address owners settle by address (RFC 9568, erratum 8298) or ignore each other.
    public var ownersSettleByAddress = true
    /// The longest interval that is learned from an active router, as protection against a forged one; nil learns any.
    public var longestLearnedInterval: AdvertisementInterval?
    /// Whether adverts list only so many addresses as keepalived finds room for in a packet of the interface, the others
    /// being held all the same. Without it all are listed, which over IPv6 may take several packets.
    public var fitsAdvertsToMTU = false

    /// Accepts both checksum forms and follows RFC 9568 with its errata elsewhere.
    public init() {}
}
