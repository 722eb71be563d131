public import ControlProtocol
public import VRRP

/// What is wrong with a virtual router that a node has the addresses of; conditions of objects and the node's page say it
/// in the same words.
public enum RouterTrouble: Hashable, Sendable {
    /// The node is active, and these addresses are not on its interface.
    case addressesMissing([IPAddress])
    /// Another router uses the identifier.
    case otherRouterHeard
    /// Another host says that it has one of the addresses.
    case otherHostHeard

    /// The addresses that the node should have and has not; nil where it has all, or is not active.
    public static func missing(of router: VirtualRouterStatus) -> Self? {
        guard router.state == .active else { return nil }
        let missing = router.addresses.filter { !$0.isPresent }.map(\.address)
        return missing.isEmpty ? nil : .addressesMissing(missing)
    }

    /// A sentence without a full stop.
    public func sentence(on node: String) -> String {
        switch self {
        case .addressesMissing(let addresses):
            "\(node) is active without \(addresses.map(\.description).joined(separator: ", "))"
        case .otherRouterHeard: "\(node) hears another router under its identifier"
        case .otherHostHeard: "\(node) hears another host with one of its addresses"
        }
    }
}
