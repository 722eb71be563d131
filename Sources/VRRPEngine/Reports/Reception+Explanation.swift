public import VRRP

extension DiscardReason {
    /// What is wrong with the packet, as a clause for people.
    public var explanation: String {
        switch self {
        case .ipHeader: "its IP header is not sound or does not carry VRRP"
        case .destination: "it is not addressed to this virtual router's group or address"
        case .source: "its source is not one that adverts may come from"
        case .hopLimit: "its TTL or hop limit is too low for a neighbour on the link"
        case .length: "it is not as long as its fields say"
        case .version: "its version is not the configured one"
        case .type: "its type is not ADVERTISEMENT"
        case .virtualRouterID: "no virtual router has its identifier"
        case .checksum: "its checksum is wrong"
        case .addressList: "its list of addresses is not acceptable"
        case .interval: "its interval is 0 or not the configured one"
        case .authenticationType: "its authentication type is unknown"
        case .authenticationMismatch: "its authentication type is not the configured one"
        case .authenticationFailure: "its password is not the configured one"
        }
    }
}

extension ReceptionWarnings {
    /// What is odd about the advert, as clauses for people that follow "the advert".
    public var explanations: [String] {
        [
            (Self.addressListDiffers, "lists other addresses than are configured here, or in another order"),
            (.intervalDiffers, "has another interval than is configured here, which is learned"),
            (.firstAddressNotLinkLocal, "does not list a link-local address first"),
            (.sourceNotLinkLocal, "does not come from a link-local address"),
        ].compactMap { contains($0.0) ? $0.1 : nil }
    }
}
