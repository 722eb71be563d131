import VRRP

extension ValueFormat<Nanoseconds> {
    /// A number of seconds with a decimal fraction, from `least` to `most` as they are written.
    static func seconds(from least: String, to most: String) -> Self {
        let bounds = (nanoseconds(least) ?? .zero)...(nanoseconds(most) ?? .zero)
        return ValueFormat(allowed: "\(least) to \(most) seconds") { text in
            nanoseconds(text).flatMap { bounds.contains($0) ? $0 : nil }
        }
    }

    /// A whole number of milliseconds within a range.
    static func milliseconds(_ range: ClosedRange<Int64>) -> Self {
        ValueFormat(allowed: "\(range.lowerBound) to \(range.upperBound) milliseconds") { text in
            Int64(text).flatMap { range.contains($0) ? .milliseconds($0) : nil }
        }
    }

    /// The length that a decimal number of seconds stands for, digits beyond the ninth after the point left out.
    private static func nanoseconds(_ text: String) -> Nanoseconds? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""[...].utf8
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard !parts[0].isEmpty || !fraction.isEmpty, parts[0].count <= 9,
            parts[0].allSatisfy(digits.contains), fraction.allSatisfy(digits.contains)
        else { return nil }

        var value = parts[0].reduce(Int64(0)) { $0 * 10 + Int64($1 - digits.lowerBound) } * 1_000_000_000
        var unit: Int64 = 100_000_000
        for digit in fraction.prefix(9) {
            value += Int64(digit - digits.lowerBound) * unit
            unit /= 10
        }
        return Nanoseconds(value)
    }
}
