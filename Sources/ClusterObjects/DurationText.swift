import VRRP

/// A length of time as objects of a cluster write it: numbers with units, such as `100ms`, `1.5s` or `1m30s`
/// (Go's `time.ParseDuration`, without signs).
enum DurationText {
    /// What the texts look like, for sentences about wrong ones.
    static let allowed = "a length of time such as 100ms, 1.5s or 5m"

    private static let units: [String: Int64] = [
        "ns": 1, "us": 1000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
    ]
    private static let mostDigits = 9

    /// Reads a length of time; nil where the text is none or has parts too long to be meant.
    static func parse(_ text: String) -> Nanoseconds? {
        guard text != "0" else { return .zero }
        var rest = Substring(text)
        var total: Int64 = 0
        while !rest.isEmpty {
            let whole = rest.prefix(while: \.isDigit)
            rest = rest.dropFirst(whole.count)
            var fraction: Substring = ""
            if rest.first == "." {
                fraction = rest.dropFirst().prefix(while: \.isDigit)
                rest = rest.dropFirst(1 + fraction.count)
                guard !fraction.isEmpty else { return nil }
            }
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard (1...mostDigits).contains(whole.count), fraction.count <= mostDigits,
                let factor = units[String(unit)],
                let number = Int64(whole)
            else { return nil }
            let (product, isTooLong) = number.multipliedReportingOverflow(by: factor)
            // The fraction is less than one unit, but the whole may leave no room even for that.
            let (part, isTooLongWithFraction) = product.addingReportingOverflow(Self.part(fraction, of: factor))
            let (sum, isTooLongTogether) = total.addingReportingOverflow(part)
            guard !isTooLong, !isTooLongWithFraction, !isTooLongTogether else { return nil }
            total = sum
        }
        return text.isEmpty ? nil : Nanoseconds(total)
    }

    /// The digits behind a point, as nanoseconds of a unit; what is less than one is left out.
    private static func part(_ fraction: Substring, of factor: Int64) -> Int64 {
        var weight = factor
        return fraction.reduce(0) { part, digit in
            weight /= 10
            return part + weight * Int64(digit.wholeNumberValue ?? 0)
        }
    }

    /// The text in whole seconds, or else in milliseconds: the units that every field of virtual routers allows.
    ///
    /// - Parameter duration: A number of whole milliseconds; what is less than one is left out.
    static func text(_ duration: Nanoseconds) -> String {
        let milliseconds = duration.rawValue / 1_000_000
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}

extension Character {
    fileprivate var isDigit: Bool { isASCII && isNumber }
}
