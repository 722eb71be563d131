/// Octets written as pairs of hexadecimal digits.
func octets(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.utf8.map { digit in UInt8(Character(UnicodeScalar(digit)).hexDigitValue ?? 0) }
    precondition(digits.count.isMultiple(of: 2), "half an octet in \(hexadecimal)")
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

extension [UInt8] {
    /// Pairs of hexadecimal digits, for failures that a person compares with a capture.
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
