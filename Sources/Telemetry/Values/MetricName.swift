/// What a metric, and a label, may be called.
enum MetricName {
    /// Letters, digits, underscores and colons, no digit first.
    static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"):
                true
            default: false
            }
        }
    }

    /// The same without colons.
    static func isValidForLabel(_ name: String) -> Bool { isValid(name) && !name.utf8.contains(UInt8(ascii: ":")) }
}
