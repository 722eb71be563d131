extension JSONSyntaxError {
    /// What is wrong in a text, with what stands there instead.
    public enum What: Sendable, Equatable {
        /// The text is longer than the limit.
        case documentTooLarge(limitInBytes: Int)
        /// An array or object begins beyond the permitted depth.
        case nestedTooDeep(limit: Int)
        /// The text begins with U+FEFF.
        case byteOrderMark
        /// A value was expected.
        case expectedValue(Found)
        /// A value was expected after a comma: the usual mistake is a comma after the last element.
        case expectedValueAfterComma(Found)
        /// A member's name or the end of an object was expected.
        case expectedNameOrBrace(Found)
        /// A member's name was expected after a comma: the usual mistake is a comma after the last member.
        case expectedNameAfterComma(Found)
        /// A colon was expected between name and value.
        case expectedColon(Found)
        /// An element ended, and neither a comma nor the end of the array followed.
        case expectedCommaOrBracket(Found)
        /// A member ended, and neither a comma nor the end of the object followed.
        case expectedCommaOrBrace(Found)
        /// The document's value ended, and more than white space followed.
        case expectedEnd(Found)
        /// A comment, which JSON does not have.
        case comment
        /// A name occurs a second time in the same object.
        case duplicateName(String, firstLine: Int)
        /// A number begins with a zero that more digits follow.
        case leadingZero
        /// A digit was expected after a minus sign, a decimal point or an exponent.
        case expectedDigit(Found)
        /// A number is too large for 64-bit floating point.
        case numberOutOfRange
        /// The text, the string's line or the file ended inside of a string.
        case unterminatedString
        /// A control character stands in a string without an escape.
        case controlCharacter(UInt8)
        /// A backslash is followed by something that is not an escape.
        case invalidEscape(Found)
        /// `\u` is not followed by four hexadecimal digits.
        case expectedHexadecimalDigit(Found)
        /// `\uD800` to `\uDFFF` without its other half.
        case loneSurrogate(UInt16)
        /// A byte that cannot stand at its place in UTF-8.
        case invalidUTF8(UInt8)
    }

    /// What stands where something else was expected.
    public enum Found: Sendable, Equatable {
        /// The text ended.
        case end
        /// Letters and digits, shortened when there are many.
        case word(String)
        /// Any other character.
        case character(Unicode.Scalar)
    }
}

extension JSONSyntaxError.What: CustomStringConvertible {
    /// What was expected and what was found, without the place.
    public var description: String {
        switch self {
        case .documentTooLarge(let limit): "the text is longer than the limit of \(limit) bytes"
        case .nestedTooDeep(let limit): "arrays and objects are nested deeper than the limit of \(limit) levels"
        case .byteOrderMark: "expected UTF-8 without a byte order mark"
        case .expectedValue(let found): "expected a value, found \(found)"
        case .expectedValueAfterComma(let found): "expected another value after the comma, found \(found)"
        case .expectedNameOrBrace(let found): "expected a member's name in double quotes or \"}\", found \(found)"
        case .expectedNameAfterComma(let found):
            "expected another member's name in double quotes after the comma, found \(found)"
        case .expectedColon(let found): "expected a colon after the member's name, found \(found)"
        case .expectedCommaOrBracket(let found): "expected a comma or \"]\" after the value, found \(found)"
        case .expectedCommaOrBrace(let found): "expected a comma or \"}\" after the value, found \(found)"
        case .expectedEnd(let found): "expected nothing more after the document's value, found \(found)"
        case .comment: "JSON has no comments"
        case .duplicateName(let name, let line): "the member \(quoted(name)) stands on line \(line) already"
        case .leadingZero: "a number does not begin with a zero that more digits follow"
        case .expectedDigit(let found): "expected a digit of a number, found \(found)"
        case .numberOutOfRange: "the number is too large for 64-bit floating point"
        case .unterminatedString: "the string that begins here has no closing quote on its line"
        case .controlCharacter(let byte):
            "expected the control character \(codePoint(Unicode.Scalar(byte))) as an escape"
        case .invalidEscape(let found):
            "expected one of \" \\ / b f n r t u after the backslash, found \(found)"
        case .expectedHexadecimalDigit(let found): "expected four hexadecimal digits after \\u, found \(found)"
        case .loneSurrogate(let unit):
            "expected a pair of surrogates, found \\u\(String(unit, radix: 16, uppercase: true)) alone"
        case .invalidUTF8(let byte): "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not valid UTF-8 here"
        }
    }
}

extension JSONSyntaxError.Found: CustomStringConvertible {
    /// The quoted character or word, or "the end of the text".
    public var description: String {
        switch self {
        case .end: "the end of the text"
        case .word(let word): quoted(word)
        case .character("\""): "a double quote"
        case .character(let scalar) where scalar.isPlainlyVisible: "\"\(scalar)\""
        case .character(let scalar): codePoint(scalar)
        }
    }
}
