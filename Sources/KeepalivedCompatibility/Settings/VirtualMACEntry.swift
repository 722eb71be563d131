import VRRP

/// The words behind `use_vmac`: an interface name, and what keepalived knows besides.
enum VirtualMACEntry {
    /// Notes the wish for a virtual MAC interface.
    static func read(_ statement: Statement, into field: inout Located<String?>?, _ log: inout DiagnosticLog) {
        statement.expectNoBlock(&log)
        var name: String?
        var words = statement.values[...]
        while let word = words.popFirst() {
            switch word {
            case "netlink_notify_msg": log.warnOnce(statement.place, "use_vmac \(word)", .notSupportedYet)
            case "group":
                _ = words.popFirst()
                log.warnOnce(statement.place, "use_vmac \(word)", .notSupportedYet)
            case _ where isMACAddress(word):
                log.warning(statement.place, "use_vmac \(word)", .ignored(because: .standardMACAddress))
            default:
                let format = ValueFormat<String>.interfaceName
                guard name == nil, let text = format.read(word) else {
                    return log.error(
                        statement.place, statement.keyword, .notAllowed(value: word, allowed: format.allowed))
                }
                name = text
            }
        }
        field = Located(name, at: statement.place, text: name ?? statement.keyword)
    }

    /// Whether a word is a MAC address, or the first five octets of one.
    private static func isMACAddress(_ word: String) -> Bool {
        MACAddress(word) != nil || MACAddress("\(word):00") != nil
    }
}
