/// The shortest JSON text that reads back as the same number.
///
/// Whole numbers below 2⁶³ are written without an exponent, and with `.0`, so that they stay numbers when they are read
/// again. NaN and the infinities become `null`.
func jsonText(of number: Double) -> String {
    guard number.isFinite else { return "null" }
    // `rounded()` and `Int64(exactly:)` call libm, which the standard library alone does not link.
    if number.magnitude < 0x1p63, number != 0 || number.sign == .plus, Double(Int64(number)) == number {
        return "\(Int64(number)).0"
    }
    return number.description
}
