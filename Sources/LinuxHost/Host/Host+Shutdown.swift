import VRRP
import VRRPEngine

extension Host {
    /// Gives everything up in the order that neighbours and the node need: first the adverts that make a backup take
    /// over, then the addresses, then what carried them.
    func shutDown() {
        observer.hostShutsDown(self)
        if !keepsAddresses { leaveNetwork() }
        tellFailures()
        observer.hostHasShutDown(self)
        // Watchers hear the last reports before their connections close.
        events.removeAll()
        serveClients()
        control?.close(loop: loop)
        control = nil
        sourceWatch?.stop()
        sourceWatch = nil
        claimWatch?.stop()
        claimWatch = nil
        for file in pidFiles { file.remove() }
    }

    private func leaveNetwork() {
        engine.shutDown(at: MonotonicClock.now, effects: &effects)
        carryOutEffects()
        configure(until: .distantFuture)
        do throws(NetlinkError) {
            try filter.remove()
        } catch {
            observer.host(self, warned: .configurationFailed(error))
        }
        settings.giveAllBack()
        virtualInterfaces.removeAll { observer.host(self, warned: .configurationFailed($0)) }
    }
}
