public import VRRP

/// How long an interface of the node must be down before it counts as down, and up before it counts as up, so that one
/// that bounces does not take routers along.
public struct InterfaceDelay: Hashable, Sendable {
    /// The name of the interface.
    public var interface: String
    /// How long it is down before it counts as down; zero for at once.
    ///
    /// At most two intervals between adverts of any router that it carries the adverts of: a backup must count it as down
    /// before it takes the silence for that of the active router.
    public var down: Nanoseconds
    /// How long it is up before it counts as up; zero for at once.
    public var up: Nanoseconds

    /// The longest delay.
    public static let limit = Nanoseconds.seconds(255)

    /// Delays of the interface called `name`.
    public init(interface: String, down: Nanoseconds, up: Nanoseconds) {
        self.interface = interface
        self.down = down
        self.up = up
    }
}

extension InterfaceDelay {
    /// The first rule that it breaks by itself.
    var brokenRule: (field: String, problem: String)? {
        guard VirtualRouterDefinition.isInterfaceName(interface) else {
            return ("interface", "\"\(interface)\" is not an interface name")
        }
        for (field, delay) in [("downMilliseconds", down), ("upMilliseconds", up)] {
            guard delay < .zero || delay > Self.limit else { continue }
            return (field, "is not 0 to \(Self.limit.rawValue / 1_000_000)")
        }
        return nil
    }
}
