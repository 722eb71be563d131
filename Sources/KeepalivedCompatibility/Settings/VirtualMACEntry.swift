import VRRP

/// The words behind `use_vmac`: an interface name, a MAC address, and what keepalived knows besides.
enum VirtualMACEntry {
    /// What the words may be, for people.
    static let allowed = "[INTERFACE] [MAC] [group 0...4294967295] [netlink_notify_msg]"

    private static let linkGroup = ValueFormat<UInt32>(allowed: "0 to 4294967295") { UInt32($0) }

    /// Notes the wish for a virtual MAC interface.
    static func read(_ statement: Statement, into field: inout Located<VirtualMACSettings>?, _ log: inout DiagnosticLog)
    {
        statement.expectNoBlock(&log)
        func reject(_ word: String, allowed: String) {
            log.error(statement.place, statement.keyword, .notAllowed(value: word, allowed: allowed))
        }
        var settings = VirtualMACSettings()
        var words = statement.values[...]
        while let word = words.popFirst() {
            switch word {
            case "netlink_notify_msg": break  // The engine follows what the kernel tells of the interface in any case.
            case "group":
                guard let text = words.popFirst(), let group = linkGroup.read(text) else {
                    return reject(word, allowed: "group and \(linkGroup.allowed)")
                }
                settings.linkGroup = group
            case _ where word.utf8.contains(UInt8(ascii: ":")):
                let complete = MACAddress(word)
                guard settings.macAddress == nil, let address = complete ?? MACAddress("\(word):00"), address.isUnicast
                else { return reject(word, allowed: "a MAC address of one interface, or its first five octets") }
                guard address.rawValue >> 16 != 0x0000_5e00 else {
                    log.warning(statement.place, "use_vmac \(word)", .ignored(because: .standardMACAddress))
                    continue
                }
                settings.macAddress = address
                settings.isPrefix = complete == nil
            default:
                let format = ValueFormat<String>.interfaceName
                guard settings.name == nil, let text = format.read(word) else {
                    return reject(word, allowed: format.allowed)
                }
                settings.name = text
            }
        }
        field = Located(settings, at: statement.place, text: settings.name ?? statement.keyword)
    }
}
