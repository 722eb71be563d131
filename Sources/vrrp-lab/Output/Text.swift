extension String {
    /// The text with spaces behind it up to a width in characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// The text with spaces before it up to a width in characters.
    func alignedRight(in width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

extension Duration {
    /// The length in milliseconds with one decimal: `353.1 ms`.
    var inMilliseconds: String {
        let tenths = Int64((self / .microseconds(100)).rounded())
        return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10) ms"
    }

    /// The length in seconds with three decimals: `12.345 s`.
    var inSecondsText: String {
        let thousandths = Int64((self / .milliseconds(1)).rounded()).magnitude
        let fraction = String(thousandths % 1_000)
        return "\(thousandths / 1_000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction) s"
    }
}
