import EngineMetrics
import VRRPEngine

/// A part of keepalived.data with its lines `   key = value`, wherever in it they stand.
struct DataBlock {
    /// What a block is about.
    enum Kind: String, CaseIterable {
        case instance = " VRRP Instance = "
        case script = " VRRP Script = "
    }

    let kind: Kind
    let name: String
    private(set) var values: [Substring: Substring] = [:]
    private(set) var addresses: [InstanceAddress] = []

    /// The blocks of a file in their order.
    static func blocks(of text: String) -> [DataBlock] {
        var blocks: [DataBlock] = []
        var isInside = false
        /// Whether lines that stand deeper are addresses, and of which list.
        var listIsExcluded: Bool?
        for line in text.split(separator: "\n") {
            if let kind = Kind.allCases.first(where: { line.hasPrefix($0.rawValue) }) {
                blocks.append(DataBlock(kind: kind, name: String(line.dropFirst(kind.rawValue.count))))
                isInside = true
                listIsExcluded = nil
            } else if !line.hasPrefix("  ") {
                isInside = false
            } else if isInside {
                blocks[blocks.count - 1].take(line, &listIsExcluded)
            }
        }
        return blocks
    }

    private mutating func take(_ line: Substring, _ listIsExcluded: inout Bool?) {
        guard line.hasPrefix("   ") else { return }
        let content = line.dropFirst(3)
        if content.hasPrefix("  ") {
            guard let isExcluded = listIsExcluded else { return }
            InstanceAddress(line: content, isExcluded: isExcluded).map { addresses.append($0) }
            return
        }
        guard !content.hasPrefix(" ") else { return }
        listIsExcluded =
            content.hasPrefix("Virtual IP Excluded") ? true : content.hasPrefix("Virtual IP (") ? false : nil
        guard let sign = content.firstRange(of: " = ") else { return }
        let key = content[..<sign.lowerBound]
        if values[key] == nil { values[key] = content[sign.upperBound...] }
    }

    func value(_ key: String) throws(DumpError) -> String {
        guard let value = values[key[...]] else { throw .missing(key, instance: name) }
        return String(value)
    }

    /// The name alone: behind it may stand what a virtual MAC interface lies on.
    func interface() throws(DumpError) -> String { String(try value("Interface").prefix { $0 != "," }) }

    func virtualRouterID() throws(DumpError) -> Int64 {
        let text = try value("Virtual Router ID")
        guard let number = Int64(text) else { throw .noNumber(line: "Virtual Router ID = \(text)") }
        return number
    }
}

extension ScriptPhase {
    /// The phase by keepalived's words.
    init?(dumped words: Substring) {
        switch words {
        case "idle": self = .idle
        case "running": self = .running
        case "requested termination": self = .terminating
        case "forcing termination": self = .killing
        default: return nil
        }
    }
}
