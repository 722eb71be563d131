public import VRRPEngine

/// An interface of a simulated node.
public struct SimulatedInterface: Equatable, Sendable {
    /// What the kernel shows of it.
    public var description: HostInterface
    /// The segment that it is plugged into; interfaces on the same segment hear each other.
    public var segment: String
    /// The interface below a macvlan interface; nil for a real one.
    public var parentIndex: Int32?

    /// The addresses that somebody configured.
    public var addresses: [HostAddress] { description.addresses }
}
