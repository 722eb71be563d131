import VRRP
import VRRPEngine

extension Host {
    /// Listens for others who claim the virtual addresses of the definitions in force.
    func followClaims(of definitions: Definitions) {
        let addresses = definitions.virtualRouters.flatMap { $0.addresses + $0.unadvertisedAddresses }
        do throws(SystemCallError) {
            if claimWatch == nil, !addresses.isEmpty { claimWatch = try ClaimWatch(ringing: bell) }
        } catch {
            observer.host(self, warned: .claimsUnheard(error))
        }
        claimWatch?.follow(Set(addresses.lazy.map(\.address)))
    }

    /// Tells the engine what others have claimed.
    func takeClaims() {
        let now = MonotonicClock.now
        for (sighting, count) in claimWatch?.takeNews() ?? [:] {
            engine.addressClaimed(
                sighting.claim, count: count, interfaceIndex: sighting.interfaceIndex, at: now, effects: &effects)
        }
        carryOutEffects()
    }
}
