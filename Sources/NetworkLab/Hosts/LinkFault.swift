/// What can be wrong with a cable between a host and its segment.
public enum LinkFault: Hashable, Sendable {
    /// The cable is pulled: both ends see that the carrier is gone.
    case unplugged
    /// Every frame is lost in both directions, and nobody is told.
    case silent
    /// VRRP adverts of both families are lost in both directions; everything else passes.
    case withoutVRRP
    /// Adverts that the host sends are lost; those of others still reach it.
    case withoutOutgoingVRRP
    /// Adverts that others send are lost before the host; its own still leave.
    case withoutIncomingVRRP
    /// Each frame is lost with this probability in percent, 0...100.
    case lossy(percent: Int)

    /// The lines of an nftables chain in the bridge's forward hook that make the fault of the port `port`.
    func rules(port: String) -> [String] {
        let fromHost = "iifname \"\(port)\""
        let toHost = "oifname \"\(port)\""
        return switch self {
        case .unplugged: []
        case .silent: [fromHost, toHost].map { "\($0) drop" }
        case .withoutVRRP: [fromHost, toHost].map { "\($0) meta l4proto 112 drop" }
        case .withoutOutgoingVRRP: ["\(fromHost) meta l4proto 112 drop"]
        case .withoutIncomingVRRP: ["\(toHost) meta l4proto 112 drop"]
        case .lossy(let percent):
            [fromHost, toHost].map { "\($0) numgen random mod 100 < \(min(100, max(0, percent))) drop" }
        }
    }
}
