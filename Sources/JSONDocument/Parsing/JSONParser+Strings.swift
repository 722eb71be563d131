extension JSONParser {
    /// Reads a string with its quotes (RFC 8259, section 7).
    mutating func parseString() throws(JSONSyntaxError) -> JSONEntry.Content {
        let start = position
        offset += 1
        var plainStart = offset
        unescaped.removeAll(keepingCapacity: true)
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                let plain = plainStart..<offset
                offset += 1
                // The text is no longer than 32 bits can count.
                if unescaped.isEmpty { return .plain(start: UInt32(plain.lowerBound), count: UInt32(plain.count)) }
                unescaped.append(contentsOf: bytes[plain])
                strings.append(String(decoding: unescaped, as: UTF8.self))
                return .unescaped(strings.count - 1)
            case UInt8(ascii: "\\"):
                unescaped.append(contentsOf: bytes[plainStart..<offset])
                offset += 1
                try parseEscape()
                plainStart = offset
            case UInt8(ascii: "\n"):
                throw JSONSyntaxError(position: start, what: .unterminatedString)
            case 0..<0x20:
                throw error(.controlCharacter(byte))
            case 0x20..<0x80:
                offset += 1
            default:
                guard let length = codePointLength(at: offset) else { throw error(.invalidUTF8(byte)) }
                offset += length
                continuationBytes += length - 1
            }
        }
        throw JSONSyntaxError(position: start, what: .unterminatedString)
    }

    /// Reads what follows a backslash into `unescaped`.
    private mutating func parseEscape() throws(JSONSyntaxError) {
        let byte: UInt8
        switch next {
        case UInt8(ascii: "\""): byte = UInt8(ascii: "\"")
        case UInt8(ascii: "\\"): byte = UInt8(ascii: "\\")
        case UInt8(ascii: "/"): byte = UInt8(ascii: "/")
        case UInt8(ascii: "b"): byte = 0x08
        case UInt8(ascii: "f"): byte = 0x0c
        case UInt8(ascii: "n"): byte = UInt8(ascii: "\n")
        case UInt8(ascii: "r"): byte = UInt8(ascii: "\r")
        case UInt8(ascii: "t"): byte = UInt8(ascii: "\t")
        case UInt8(ascii: "u"):
            unescaped.append(contentsOf: String(Character(try parseCodePoint())).utf8)
            return
        default: throw try unexpected { .invalidEscape($0) }
        }
        unescaped.append(byte)
        offset += 1
    }

    /// Reads `uXXXX`, and the escape of the low surrogate behind it where it is a high one.
    private mutating func parseCodePoint() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = position
        let high = try parseCodeUnit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        let alone = JSONSyntaxError(position: start, what: .loneSurrogate(high))
        guard UTF16.isLeadSurrogate(high), next == UInt8(ascii: "\\") else { throw alone }
        offset += 1
        guard next == UInt8(ascii: "u") else { throw alone }
        let low = try parseCodeUnit()
        let value = 0x10000 + (UInt32(high) & 0x3ff) << 10 + UInt32(low) & 0x3ff
        guard UTF16.isTrailSurrogate(low), let scalar = Unicode.Scalar(value) else { throw alone }
        return scalar
    }

    /// Reads `uXXXX`.
    private mutating func parseCodeUnit() throws(JSONSyntaxError) -> UInt16 {
        offset += 1
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = next?.hexadecimalValue else { throw try unexpected { .expectedHexadecimalDigit($0) } }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }

    /// The number of bytes of the code point that begins at `start`, nil where none does (RFC 3629, section 4).
    func codePointLength(at start: Int) -> Int? {
        let length: Int
        var secondByte: ClosedRange<UInt8> = 0x80...0xbf
        switch bytes[start] {
        case 0..<0x80: return 1
        case 0xc2...0xdf: length = 2
        case 0xe0: (length, secondByte) = (3, 0xa0...0xbf)
        case 0xed: (length, secondByte) = (3, 0x80...0x9f)
        case 0xe1...0xef: length = 3
        case 0xf0: (length, secondByte) = (4, 0x90...0xbf)
        case 0xf1...0xf3: length = 4
        case 0xf4: (length, secondByte) = (4, 0x80...0x8f)
        default: return nil
        }
        guard start + length <= bytes.count, secondByte.contains(bytes[start + 1]) else { return nil }
        for index in start + 2..<start + length where bytes[index] & 0xc0 != 0x80 { return nil }
        return length
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit, nil for other bytes.
    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
