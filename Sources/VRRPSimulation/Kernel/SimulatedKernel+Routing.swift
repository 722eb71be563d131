import VRRP
public import VRRPEngine

// The routes and rules of a kernel, in the order in which they were configured.
extension SimulatedKernel {
    /// Whether there is such a route or rule.
    public func holds(_ entry: RoutingEntry) -> Bool { routing.contains { $0.entry == entry } }

    /// Configures a route or rule as a process asks for it.
    mutating func addRouting(_ assignment: RoutingAssignment) -> ConfigurationOutcome {
        if holds(assignment.entry) { return .unnecessary }
        let isReachable = assignment.interfaceIndices.allSatisfy { interfaces[$0]?.description.isRunning == true }
        guard isReachable, !refusedRouting.contains(assignment.entry) else { return .refused }
        if case .route(let route) = assignment.entry, let source = route.preferredSource, !holds(source) {
            return .refused
        }
        routing.append(InstalledRouting(entry: assignment.entry, interfaceIndices: assignment.interfaceIndices))
        return .done
    }

    /// Removes a route or rule; returns whether it was there.
    @discardableResult
    mutating func removeRouting(_ entry: RoutingEntry) -> Bool {
        guard let place = routing.firstIndex(where: { $0.entry == entry }) else { return false }
        routing.remove(at: place)
        return true
    }

    /// As on Linux, IPv4 routes go without a word when the address is gone that they send from.
    mutating func removeRoutes(from address: IPAddress) {
        routing.removeAll { installed in
            guard case .route(let route) = installed.entry else { return false }
            return route.preferredSource == address && address.family == .ipv4
        }
    }

    /// As on Linux, routes go when their interface goes or is down, those of IPv4 without a word.
    mutating func removeRoutes(by index: Int32) {
        routing.removeAll { $0.interfaceIndices.contains(index) }
    }
}

/// A route or rule that a kernel has.
struct InstalledRouting: Sendable {
    var entry: RoutingEntry
    var interfaceIndices: [Int32]
}
