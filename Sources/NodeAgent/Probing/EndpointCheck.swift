public import VIPPlanning
public import VRRPEngine

/// A port of the node that says whether it has an endpoint of a Service.
///
/// The name that the engine tracks it under has all of it, so that a file of definitions is enough to know what to ask.
public struct EndpointCheck: Hashable, Sendable {
    /// The Service.
    public var service: ObjectName
    /// Its `healthCheckNodePort`.
    public var port: Int

    /// The port of a Service.
    public init(of service: ObjectName, port: Int) {
        self.service = service
        self.port = port
    }

    /// The port that decides whether the node takes part in a router; nil where none does.
    public init?(of router: PlannedRouter) {
        guard case .port(let port) = router.health else { return nil }
        self.init(of: router.service, port: port)
    }

    private static let beginning = "endpoints of "
    private static let middle = " at port "

    /// What the engine tracks it as: `endpoints of shop/web at port 31234`.
    public var trackedName: String { "\(Self.beginning)\(service)\(Self.middle)\(port)" }

    /// The check behind a name; nil for what somebody else tracks.
    public init?(trackedName: String) {
        guard trackedName.hasPrefix(Self.beginning) else { return nil }
        // Neither namespaces nor names have blanks.
        let words = trackedName.dropFirst(Self.beginning.count).split(separator: " ")
        guard words.count == 4, let service = ObjectName(String(words[0])), let port = UInt16(words[3]) else {
            return nil
        }
        self.init(of: service, port: Int(port))
        guard self.trackedName == trackedName else { return nil }
    }

    /// The checks that definitions need, each once, in order.
    public static func all(in routers: [VirtualRouterDefinition]) -> [EndpointCheck] {
        var checks: Set<EndpointCheck> = []
        for condition in routers.lazy.flatMap(\.tracking.conditions) {
            if case .external(let name) = condition.object, let check = EndpointCheck(trackedName: name) {
                checks.insert(check)
            }
        }
        return checks.sorted { ($0.service, $0.port) < ($1.service, $1.port) }
    }
}
