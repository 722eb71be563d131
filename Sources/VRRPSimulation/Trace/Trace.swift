public import VRRP

/// Everything that happened in a laboratory, in order; printed when a test fails.
public struct Trace: Sendable {
    /// The lines.
    public private(set) var entries: [Entry] = []

    /// One line: something happened somewhere at a moment.
    public struct Entry: Hashable, Sendable {
        /// The laboratory's time.
        public var moment: Instant
        /// The node that it happened to; empty for the laboratory itself.
        public var node: String
        /// What happened.
        public var occurrence: Occurrence
    }

    /// An empty trace.
    public init() {}

    mutating func note(_ occurrence: Occurrence, at moment: Instant, node: String = "") {
        entries.append(Entry(moment: moment, node: node, occurrence: occurrence))
    }

    /// The last `count` lines as text, one occurrence each, with virtual time in seconds.
    public func text(last count: Int = .max) -> String {
        entries.suffix(count).map(\.description).joined(separator: "\n")
    }

    /// A fingerprint of the text (FNV-1a): the same in every process for the same seed.
    public var digest: UInt64 {
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        for entry in entries {
            for octet in entry.description.utf8 { digest = (digest ^ UInt64(octet)) &* 0x100_0000_01b3 }
        }
        return digest
    }
}

extension Trace.Entry: CustomStringConvertible {
    /// `   3.609375000 a      became active …`
    public var description: String {
        let (seconds, fraction) = moment.rawValue.quotientAndRemainder(dividingBy: 1_000_000_000)
        let fractionText = String(fraction)
        let zeros = String(repeating: "0", count: 9 - fractionText.count)
        let secondsText = String(seconds)
        let blanks = String(repeating: " ", count: max(0, 4 - secondsText.count))
        let name = node + String(repeating: " ", count: max(0, 6 - node.count))
        return "\(blanks)\(secondsText).\(zeros)\(fractionText) \(name) \(occurrence)"
    }
}
