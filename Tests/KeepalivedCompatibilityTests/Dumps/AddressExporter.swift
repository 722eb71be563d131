/// How mehdy/keepalived-exporter reads keepalived.data: with the virtual addresses and the scripts.
///
/// A line that is indented by five blanks belongs to the last key before it, whatever stands between. A line that is not
/// indented by three blanks ends the instance, unless it is the beginning of a script. What is no number where one is
/// wanted, or a state that keepalived does not have, spoils the whole file.
struct AddressExporter {
    struct Address: Hashable {
        var address: String
        var interface: String

        /// The first and the third word; nil, and logged as an error, where there are fewer.
        init?(_ text: String) {
            let words = text.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count >= 3 else { return nil }
            address = String(words[0])
            interface = String(words[2])
        }
    }

    struct Instance: Equatable {
        var state: Int?
        var wanted: Int?
        var interface = ""
        var announcementDelay: Int?
        var identifier: Int?
        var addresses: [Address?] = []
    }

    struct Script: Equatable {
        var name: String
        var status: Int?
        var state: Int?
    }

    private static let states = ["INIT", "BACKUP", "MASTER", "FAULT"]
    private static let statuses = ["BAD", "GOOD"]
    private static let scriptStates = ["idle", "running", "requested termination", "forcing termination"]

    /// The instances by their names; nil where the file cannot be read.
    static func instances(in data: String) -> [String: Instance]? {
        var instances: [String: Instance] = [:]
        var name: String?
        var key = ""
        for line in data.split(separator: "\n", omittingEmptySubsequences: false) {
            let equated = line.split(separator: "=", omittingEmptySubsequences: false).map(ExporterText.trimmed)
            if line.hasPrefix(" VRRP Instance"), equated.count > 1 {
                name = equated[1]
                instances[equated[1]] = Instance()
                continue
            }
            guard line.hasPrefix("   "), let name else {
                if !line.hasPrefix(" VRRP Version"), !line.hasPrefix(" VRRP Script") { name = nil }
                continue
            }
            var value = ExporterText.trimmed(line)
            if !line.hasPrefix("     ") {
                let listed = line.split(separator: ":", omittingEmptySubsequences: false).map(ExporterText.trimmed)
                guard let parts = [equated, listed].first(where: { $0.count > 1 }) else { continue }
                key = parts[0]
                if key == "Virtual IP" { continue }
                value = parts[1]
            }
            guard instances[name]?.take(key, value) == true else { return nil }
        }
        return instances
    }

    static func scripts(in data: String) -> [Script] {
        var scripts: [Script] = []
        var isInside = false
        for line in data.split(separator: "\n") {
            let parts = line.split(separator: "=", omittingEmptySubsequences: false).map(ExporterText.trimmed)
            if line.hasPrefix(" VRRP Script"), parts.count > 1 {
                scripts.append(Script(name: parts[1]))
                isInside = true
            } else if !line.hasPrefix("   ") {
                isInside = false
            } else if isInside, parts.count > 1 {
                switch parts[0] {
                case "Status": scripts[scripts.count - 1].status = statuses.firstIndex(of: parts[1])
                case "State": scripts[scripts.count - 1].state = scriptStates.firstIndex(of: parts[1])
                default: break
                }
            }
        }
        return scripts
    }
}

extension AddressExporter.Instance {
    /// Whether the value is one of those that are allowed.
    fileprivate mutating func take(_ key: String, _ value: String) -> Bool {
        if key.hasPrefix("Virtual IP ("), !value.isEmpty { addresses.append(AddressExporter.Address(value)) }
        switch key {
        case "State":
            state = AddressExporter.number(ofState: value)
            return state != nil
        case "Wantstate":
            wanted = AddressExporter.number(ofState: value)
            return wanted != nil
        case "Interface": interface = value
        case "Gratuitous ARP delay":
            announcementDelay = Int(value)
            return announcementDelay != nil
        case "Virtual Router ID":
            identifier = Int(value)
            return identifier != nil
        default: break
        }
        return true
    }
}

extension AddressExporter {
    fileprivate static func number(ofState word: String) -> Int? { states.firstIndex(of: word) }
}
