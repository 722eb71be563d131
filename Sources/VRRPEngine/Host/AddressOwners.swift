/// Which of the tags on the addresses of a node are whose: several engines may share one node.
public struct AddressOwners: Hashable, Sendable {
    /// The tag of this engine's addresses.
    public var own: UInt8
    /// The tags that others have who live; what carries any other one of ``HostAddress/ownerTags`` was left behind by a dead
    /// process.
    public var others: Set<UInt8>

    /// Tags of an engine that is alone on its node, unless others are named.
    public init(own: UInt8 = HostAddress.ownTag, others: Set<UInt8> = []) {
        self.own = own
        self.others = others
    }
}

extension AddressOwners {
    /// Whether an address has the tag of nobody who is known to live, and not this engine's: somebody has left it behind, or
    /// has come since.
    public func isUnknown(_ address: HostAddress) -> Bool { isForeign(address) && isLeftover(address) }

    /// Whether an address was configured by an engine that does not live any more, or by this one.
    func isLeftover(_ address: HostAddress) -> Bool { address.isTagged && !others.contains(address.originTag) }

    /// Whether an address was configured by another engine, so that it goes when that one says so.
    func isForeign(_ address: HostAddress) -> Bool { address.isTagged && address.originTag != own }
}
