public import ControlProtocol
public import VIPPlanning
import VRRPEngine

extension VirtualRouterStatus {
    /// Whether the node keeps out of the election for want of an endpoint of the Service and for nothing else, which is how
    /// a Service with the policy Local works.
    ///
    /// - Parameter planned: The router as it is planned; nil where that is not known.
    public func isWithoutEndpoint(_ planned: PlannedRouter?) -> Bool {
        guard let check = planned.flatMap(EndpointCheck.init(of:)), !faults.isEmpty else { return false }
        return faults.allSatisfy { $0 == .trackedObject(.external(check.trackedName)) }
    }

    /// Whether the node lacks an endpoint of the Service, whatever else keeps it out: nobody wants it to take part.
    ///
    /// - Parameter planned: The router as it is planned; nil where that is not known.
    func lacksEndpoint(_ planned: PlannedRouter?) -> Bool {
        guard let check = planned.flatMap(EndpointCheck.init(of:)) else { return false }
        return faults.contains(.trackedObject(.external(check.trackedName)))
    }
}
