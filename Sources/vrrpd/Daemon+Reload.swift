import KeepalivedCompatibility
import LinuxHost
import Logging
import VRRPEngine

extension Daemon {
    /// Refuses what only a start can change, as keepalived does.
    func requireSameIdentity(_ new: ProcessOptions) throws(ConfigurationProblem) {
        let old = processOptions
        guard new.networkNamespace != old.networkNamespace || new.instance != old.instance else { return }
        let sentence = "net_namespace and instance cannot change with a reload; start the program again"
        throw .faulty(errors: [sentence], warnings: [])
    }
<<<<<<< ours
=======

    /// Lets each instance that was left out go on as before, where it was in force.
    ///
    /// A mistake in a file shall not take addresses away that are served well. Where one of a sync group is left out, all
    /// of the configuration in force stays, since a group goes by the rules of all of its members.
    func keepInForce(_ configuration: inout LoadedConfiguration, _ host: Host) throws(ConfigurationProblem) {
        guard !configuration.instancesLeftOut.isEmpty else { return }
        let names = Set(configuration.instancesLeftOut)
        let followed = Set(configuration.trackingEffects.keys)
        for router in host.snapshot.routers where names.contains(router.definition.name) {
            let definition = router.definition
            guard router.syncGroup == nil else {
                let sentence = "vrrp_instance \(definition.name) is in a sync group and cannot be left out by a reload"
                throw .faulty(errors: [sentence], warnings: [])
            }
            guard !configuration.definitions.virtualRouters.contains(where: { $0.name == definition.name }) else {
                continue
            }
            var definitions = configuration.definitions
            definitions.virtualRouters.append(definition)
            definitions.node.allowsSharedAddresses = true
            let needed = definition.tracking.conditions.map(\.object).filter { object in
                switch object {
                case .external, .number: true
                case .interface: false
                }
            }
            guard needed.allSatisfy(followed.contains), (try? definitions.validate()) != nil else {
                logger.error("vrrp_instance \(definition.name) cannot go on as before and ends")
                continue
            }
            configuration.definitions = definitions
            logger.error("vrrp_instance \(definition.name) goes on as before")
        }
    }
>>>>>>> theirs
}
