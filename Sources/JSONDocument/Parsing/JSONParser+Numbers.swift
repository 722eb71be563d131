extension JSONParser {
    /// Reads a number (RFC 8259, section 6).
    mutating func parseNumber() throws(JSONSyntaxError) -> JSONEntry.Content {
        let (start, startOffset) = (position, offset)
        var isWhole = true
        if next == UInt8(ascii: "-") { offset += 1 }
        if next == UInt8(ascii: "0") {
            offset += 1
            if next?.isDigit == true { throw JSONSyntaxError(position: start, what: .leadingZero) }
        } else {
            try skipDigits()
        }
        if next == UInt8(ascii: ".") {
            isWhole = false
            offset += 1
            try skipDigits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isWhole = false
            offset += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
            try skipDigits()
        }
        let digits = bytes[startOffset..<offset]
        if isWhole, let integer = Self.integer(digits) { return .integer(integer) }
        guard let number = Double(String(decoding: digits, as: UTF8.self)), number.isFinite else {
            throw JSONSyntaxError(position: start, what: .numberOutOfRange)
        }
        return .number(number)
    }

    /// Steps over one digit or more.
    private mutating func skipDigits() throws(JSONSyntaxError) {
        guard next?.isDigit == true else { throw try unexpected { .expectedDigit($0) } }
        while next?.isDigit == true { offset += 1 }
    }

    /// The integer of these digits and their sign, nil beyond `Int64`.
    private static func integer(_ text: ArraySlice<UInt8>) -> Int64? {
        let isNegative = text.first == UInt8(ascii: "-")
        var value: Int64 = 0
        for digit in isNegative ? text.dropFirst() : text {
            let (product, productOverflow) = value.multipliedReportingOverflow(by: 10)
            let step = Int64(digit - UInt8(ascii: "0"))
            let (sum, sumOverflow) =
                isNegative ? product.subtractingReportingOverflow(step) : product.addingReportingOverflow(step)
            guard !productOverflow, !sumOverflow else { return nil }
            value = sum
        }
        return value
    }
}
