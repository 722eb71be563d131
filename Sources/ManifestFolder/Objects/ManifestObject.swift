import ClusterObjects
import VIPPlanning
import VRRP

/// An object of a folder as the planner knows it, with the place where it stands.
struct PlacedObject: Hashable {
    var identity: ObjectIdentity
    var place: ManifestPlace
    var content: Content
    /// What its writer should know, apart from what the plan finds; sentences without a full stop.
    var remarks: [String] = []

    enum Content: Hashable {
        case service(Service)
        case group(AddressGroup, routerIDs: RouterIDLedger)
        case node(Node)
        case secret([String: Password])
    }
}

/// A value of a Secret; its text for people does not tell what it is.
public struct Password: Hashable, Sendable {
    /// The octets.
    public var octets: [UInt8]

    /// A password of these octets.
    public init(_ octets: [UInt8]) { self.octets = octets }
}

extension Password: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says only that it is one.
    public var description: String { "a password" }
    /// Says only that it is one.
    public var debugDescription: String { description }
    /// Nothing, so that no dump tells it.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
