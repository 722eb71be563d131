/// How gen2brain/keepalived_exporter 0.5.0, which keepalived-operator ships, reads the two text files.
///
/// It ends an instance at the first line that is neither indented by three blanks nor has an equals sign, passes over
/// everything until the next one, and forgets an instance that nothing ends.
struct TextExporter {
    struct Instance: Equatable {
        var name = ""
        var interface = ""
        var identifier: Int?
        var state = "INIT"
        var wanted = "INIT"
        var lastTransition: Double?
    }

    static func instances(in data: String) -> [Instance] {
        var finished: [Instance] = []
        var current = Instance()
        for line in data.split(separator: "\n", omittingEmptySubsequences: false) {
            let parts = line.split(separator: "=", omittingEmptySubsequences: false).map(ExporterText.trimmed)
            if line.hasPrefix(" VRRP Instance"), parts.count > 1 {
                current.name = parts[1]
            } else if line.hasPrefix("   "), parts.count > 1, !current.name.isEmpty {
                current.take(parts[0], parts[1])
            } else if !line.hasPrefix(" VRRP Version"), !current.name.isEmpty {
                finished.append(current)
                current = Instance()
            }
        }
        return finished
    }
}

extension TextExporter.Instance {
    fileprivate mutating func take(_ key: String, _ value: String) {
        switch key {
        case "Interface": interface = value
        case "Virtual Router ID": identifier = Int(value)
        case "State": state = value
        case "Wantstate": wanted = value
        case "Last transition": lastTransition = value.split(separator: " ").first.flatMap { Double($0) }
        default: break
        }
    }
}

/// What both exporters do with text.
enum ExporterText {
    static func trimmed(_ text: some StringProtocol) -> String {
        let characters = text.drop { $0 == " " }
        return String(characters.reversed().drop { $0 == " " }.reversed())
    }

    /// The names in keepalived.stats, up to the first colon, and whether every value is a whole number.
    static func statistics(in text: String) -> (names: [String], areNumbers: Bool) {
        var names: [String] = []
        var areNumbers = true
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false).map(trimmed)
            if line.hasPrefix("VRRP Instance"), parts.count > 1 {
                names.append(parts[1])
            } else if !line.hasSuffix(":") {
                areNumbers = areNumbers && parts.count == 2 && Int(parts[1]) != nil
            }
        }
        return (names, areNumbers)
    }
}
