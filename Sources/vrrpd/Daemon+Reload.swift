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
}
