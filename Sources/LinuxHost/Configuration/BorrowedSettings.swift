import Glibc
import VRRPEngine

/// Kernel settings that have another value for as long as definitions want it, and get their own back afterwards.
struct BorrowedSettings {
    /// The values that are wanted.
    private var wanted: [KernelSetting: Int] = [:]
    /// The values from before.
    private var previous: [KernelSetting: Int] = [:]

    /// Nothing is wanted.
    init() {}

    /// The settings that definitions ask for.
    static func settings(of definitions: Definitions) -> [KernelSetting: Int] {
        var settings: [KernelSetting: Int] = [:]
        if definitions.node.disablesLocalIGMP { settings[.localMulticastReports] = 0 }
        for router in definitions.virtualRouters where router.promotesSecondaries {
            for interface in router.addressInterfaces {
                settings[.ipv4("promote_secondaries", of: interface)] = 1
            }
        }
        return settings
    }

    /// Changes what is wanted: gives back what is wanted no more, and takes what is new.
    mutating func want(_ new: [KernelSetting: Int], refused: (SystemCallError) -> Void) {
        for setting in previous.keys where new[setting] == nil { giveBack(setting) }
        wanted = new
        for setting in wanted.keys { take(setting, refused) }
    }

    /// Takes the settings of an interface that has just appeared, or appeared anew.
    mutating func interfaceChanged(_ name: String, refused: (SystemCallError) -> Void) {
        guard !wanted.isEmpty else { return }
        let setting = KernelSetting.ipv4("promote_secondaries", of: name)
        if wanted[setting] != nil { take(setting, refused) }
    }

    /// Gives everything back.
    mutating func giveAllBack() {
        wanted.removeAll()
        for setting in previous.keys { giveBack(setting) }
    }

    private mutating func take(_ setting: KernelSetting, _ refused: (SystemCallError) -> Void) {
        guard let value = wanted[setting] else { return }
        do throws(SystemCallError) {
            let current = try setting.read()
            guard current != value else { return }
            try setting.write(value)
            previous[setting] = previous[setting] ?? current
        } catch  where error.errorNumber == ENOENT {
            // The interface will come, and its setting with it.
            return
        } catch {
            refused(error)
        }
    }

    private mutating func giveBack(_ setting: KernelSetting) {
        guard let value = previous.removeValue(forKey: setting) else { return }
        // Fails where the interface is gone, and its settings with it.
        try? setting.write(value)
    }
}
