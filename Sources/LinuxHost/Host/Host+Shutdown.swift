import VRRP
import VRRPEngine

extension Host {
    /// Gives everything up in the order that neighbours and the node need: first the adverts that make a backup take
    /// over, then the addresses, then what carried them.
    func shutDown() {
        engine.shutDown(at: MonotonicClock.now, effects: &effects)
        carryOutEffects()
        configure(until: .distantFuture)
        do throws(NetlinkError) {
            try filter.remove()
        } catch {
            observer.host(self, warned: .configurationFailed(error))
        }
        virtualInterfaces.removeAll { observer.host(self, warned: .configurationFailed($0)) }
        tellFailures()
        // Watchers hear the last reports before their connections close.
        events.removeAll()
        serveClients()
        control?.close(loop: loop)
        control = nil
        sourceWatch?.stop()
        sourceWatch = nil
        pidFile?.remove()
    }
}
