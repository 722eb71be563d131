public import VRRP

/// An advert that a virtual router sent or received, and what it made of it.
public struct CapturedAdvert: Hashable, Sendable {
    /// When.
    public var time: Instant
    /// What the router made of it.
    public var decision: CaptureDecision
    /// The length of the IP packet.
    public var length: Int
    /// The IP packet from its header on, at most the first ``AdvertRing/snapLength`` octets of it. The header of a received
    /// IPv6 packet is written anew, because the kernel keeps it to itself: its traffic class and flow label are 0.
    public var octets: [UInt8]
}

/// What a virtual router made of an advert.
public enum CaptureDecision: Hashable, Sendable {
    /// It sent it.
    case sent
    /// It received it and took it in.
    case accepted
    /// It received it while it took no part.
    case ignored
    /// It received and discarded it.
    case discarded(DiscardReason)
}

/// The adverts of a virtual router that are kept.
public struct RouterCapture: Sendable {
    /// The definition of the router.
    public var definition: VirtualRouterDefinition
    /// Those before its last change of state, then those since, oldest first; there may be a gap behind the change, where many
    /// came since.
    public var adverts: [CapturedAdvert]
}
