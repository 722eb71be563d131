/// Why a received packet was discarded; each reason has a counter (RFC 8347, `statistics`; RFC 2787 for VRRPv2).
public enum DiscardReason: String, Error, Hashable, Sendable, CaseIterable {
    /// The IP header is not sound or does not carry VRRP.
    case ipHeader = "ip-header-errors"
    /// The packet is not addressed to the group of the virtual router, or to its own address when it uses unicast.
    case destination = "destination-errors"
    /// The source is the router itself or, with unicast, none of its peers.
    case source = "source-errors"
    /// The TTL or hop limit is not 255, or below what the peer may have.
    case hopLimit = "ip-ttl-errors"
    /// The message is shorter than its header or not as long as its fields say.
    case length = "packet-length-errors"
    /// The version is not the one that the virtual router is configured with.
    case version = "version-errors"
    /// The type is not ADVERTISEMENT.
    case type = "invalid-type-pkts-rcvd"
    /// No virtual router with this identifier is configured on the interface for the family.
    case virtualRouterID = "vrid-errors"
    /// The checksum fits in none of the accepted forms.
    case checksum = "checksum-errors"
    /// There is no address, the first one is not link-local, or the list differs and must not.
    case addressList = "address-list-errors"
    /// The interval is 0 or, for VRRPv2, not the configured one.
    case interval = "interval-errors"
    /// The authentication type is not one that VRRPv2 knows.
    case authenticationType = "invalid-auth-type"
    /// The authentication type is not the configured one.
    case authenticationMismatch = "auth-type-mismatch"
    /// The authentication data is not the configured one.
    case authenticationFailure = "auth-failures"

    /// The counter that rises, in the words of RFC 8347.
    public var counterName: String { rawValue }
}
