/// What a metric, and a label, may be called.
enum MetricName {
    /// Letters, digits, underscores and colons, no digit first.
    static func isValid(_ name: String) -> Bool { isValid(name, hasColons: true) }

    /// The same without colons.
    static func isValidForLabel(_ name: String) -> Bool { isValid(name, hasColons: false) }

    private static func isValid(_ name: String, hasColons: Bool) -> Bool {
        var name = name
        return name.withUTF8 { isValid($0, hasColons: hasColons) }
    }

    private static func isValid(_ name: UnsafeBufferPointer<UInt8>, hasColons: Bool) -> Bool {
        guard let first = name.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
        return name.allSatisfy { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            case UInt8(ascii: ":"): hasColons
            default: false
            }
        }
    }
}
