extension JSONValue {
    /// The JSON text of the value, always valid by RFC 8259 and always UTF-8.
    ///
    /// - Parameter pretty: One member or element a line, indented by two spaces; otherwise no white space at all.
    public func text(pretty: Bool = false) -> String {
        var bytes: [UInt8] = []
        write(into: &bytes, pretty: pretty)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the JSON text to `bytes`, without a line feed at its end.
    ///
    /// - Parameters:
    ///   - bytes: Receives the UTF-8 of the text; what it holds already stays.
    ///   - pretty: One member or element a line, indented by two spaces; otherwise no white space at all.
    ///   - nulls: Whether members of objects that are `null` are written.
    public func write(into bytes: inout [UInt8], pretty: Bool = false, nulls: Bool = true) {
        var writer = JSONWriter(pretty: pretty, nulls: nulls)
        swap(&writer.bytes, &bytes)
        writer.write(self)
        swap(&writer.bytes, &bytes)
    }
}

/// Turns values into text.
struct JSONWriter {
    var bytes: [UInt8] = []
    private let pretty: Bool
    private let nulls: Bool
    private var depth = 0

    init(pretty: Bool, nulls: Bool) {
        self.pretty = pretty
        self.nulls = nulls
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .integer(let value): append(value)
        case .number(let value): append(jsonText(of: value))
        case .string(let value): write(value)
        case .array(let elements): write(elements)
        case .object(let object): write(object)
        }
    }

    private mutating func write(_ elements: [JSONValue]) {
        bytes.append(UInt8(ascii: "["))
        depth += 1
        var isFirst = true
        for element in elements {
            beginItem(&isFirst)
            write(element)
        }
        end(UInt8(ascii: "]"), isEmpty: isFirst)
    }

    private mutating func write(_ object: JSONObject) {
        bytes.append(UInt8(ascii: "{"))
        depth += 1
        var isFirst = true
        for member in object {
            if !nulls, case .null = member.value { continue }
            beginItem(&isFirst)
            write(member.key)
            bytes.append(UInt8(ascii: ":"))
            if pretty { bytes.append(UInt8(ascii: " ")) }
            write(member.value)
        }
        end(UInt8(ascii: "}"), isEmpty: isFirst)
    }

    /// Writes `text` in quotes with the escapes of RFC 8259, section 7.
    mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        // Nearly every text is plain, and then it is copied as a whole.
        let isCopied = text.utf8.withContiguousStorageIfAvailable { octets in
            guard octets.isPlainJSON else { return false }
            bytes.append(contentsOf: octets)
            return true
        }
        if isCopied != true { appendEscaped(text) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x08: append("\\b")
            case 0x09: append("\\t")
            case 0x0a: append("\\n")
            case 0x0c: append("\\f")
            case 0x0d: append("\\r")
            case 0..<0x20:
                append(byte < 0x10 ? "\\u000" : "\\u00")
                append(String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
    }

    private mutating func beginItem(_ isFirst: inout Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        breakLine()
    }

    private mutating func end(_ closing: UInt8, isEmpty: Bool) {
        depth -= 1
        if !isEmpty { breakLine() }
        bytes.append(closing)
    }

    private mutating func breakLine() {
        guard pretty else { return }
        append("\n")
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// The digits of a number; most of what a report has are numbers, and a String for each would cost more than they do.
    private mutating func append(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (rest, start) = (number.magnitude, digits.count)
            repeat {
                start -= 1
                digits.initializeElement(at: start, to: UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }
}
