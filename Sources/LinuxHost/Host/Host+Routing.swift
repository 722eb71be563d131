import VRRPEngine

extension Host {
    /// The datagrams of news of routes that are read in a turn.
    private static let routingNewsLimit = 64

    /// Listens to news of routes and rules as long as there are any to watch, and not otherwise.
    func followRouting() {
        guard engine.watchesRouting != (routingMonitor != nil) else { return }
        do throws(SystemCallError) {
            guard engine.watchesRouting else {
                if let monitor = routingMonitor.take() { try loop.unwatch(monitor.fileDescriptor) }
                return
            }
            let monitor = try RoutingMonitor(ownPort: routing.portNumber, mark: routing.ownProtocol)
            try loop.watch(monitor.fileDescriptor, as: .routing)
            routingMonitor = consume monitor
        } catch {
            observer.host(self, warned: .routingNewsFailed(error))
        }
    }

    /// Tells the engine where somebody removed routes or rules.
    func readRoutingNews() {
        do throws(SystemCallError) {
            guard try routingMonitor?.receive(limit: Self.routingNewsLimit) == true else { return }
            engine.routingRemoved(at: MonotonicClock.now, effects: &effects)
        } catch {
            observer.host(self, warned: .routingNewsFailed(error))
        }
    }
}
