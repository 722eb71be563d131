/// A recursive descent over the bytes of one text: the structure; strings and numbers have their own files.
///
/// Every method begins at the first byte of what it reads and ends behind its last one.
struct JSONParser {
    let bytes: [UInt8]
    /// The next byte to read.
    var offset = 0
    /// Bytes of the present line that continue a code point and thus take no column.
    var continuationBytes = 0
    /// Holds a string while its escapes are resolved.
    var unescaped: [UInt8] = []
    /// The strings whose escapes were resolved.
    var strings: [String] = []
    /// What was read so far.
    private var entries: [JSONEntry] = []

    private var known: KnownNames
    private let depthLimit: Int
    private var depth = 0
    private var line = 1
    private var lineStart = 0

    /// So many bytes have at least one entry in most texts.
    private static let bytesOfEntry = 16

    init(bytes: [UInt8], depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
        known = KnownNames(forTextOf: bytes.count)
    }

    /// The place of the next byte.
    var position: JSONPosition {
        JSONPosition(line: line, column: offset - lineStart - continuationBytes + 1)
    }

    /// The next byte, nil at the end of the text.
    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func parseDocument() throws(JSONSyntaxError) -> JSONTree {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { throw error(.byteOrderMark) }
        entries.reserveCapacity(bytes.count / Self.bytesOfEntry + 1)
        try skipWhiteSpace()
        try parseValue { .expectedValue($0) }
        try skipWhiteSpace()
        guard next == nil else { throw try unexpected { .expectedEnd($0) } }
        return JSONTree(bytes: bytes, entries: entries, unescaped: strings)
    }

    /// - Parameter problem: What to say when no value begins here.
    private mutating func parseValue(
        _ problem: (JSONSyntaxError.Found) -> JSONSyntaxError.What
    ) throws(JSONSyntaxError) {
        let start = position
        switch next {
        case UInt8(ascii: "\""): append(try parseString(), at: start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): try parseContainer()
        case .some(let byte) where byte.isDigit || byte == UInt8(ascii: "-"): append(try parseNumber(), at: start)
        case UInt8(ascii: "t") where skipWord("true"): append(.bool(true), at: start)
        case UInt8(ascii: "f") where skipWord("false"): append(.bool(false), at: start)
        case UInt8(ascii: "n") where skipWord("null"): append(.null, at: start)
        default: throw try unexpected(problem)
        }
    }

    /// Reads an array or object, whose entry stands before those of what is in it.
    private mutating func parseContainer() throws(JSONSyntaxError) {
        let (place, start) = (entries.count, position)
        append(.null, at: start)
        let content: JSONEntry.Content =
            next == UInt8(ascii: "{")
            ? .object(count: try parseMembers(of: place)) : .array(count: try parseElements())
        let end = UInt32(truncatingIfNeeded: entries.count)
        entries[place] = JSONEntry(content: content, end: end, position: start)
    }

    /// Appends an entry that ends where it begins; there are no more of them than bytes.
    private mutating func append(_ content: JSONEntry.Content, at position: JSONPosition) {
        let end = UInt32(truncatingIfNeeded: entries.count + 1)
        entries.append(JSONEntry(content: content, end: end, position: position))
    }

    private mutating func parseElements() throws(JSONSyntaxError) -> Int {
        try descend()
        defer { depth -= 1 }
        try skipWhiteSpace()
        if skip(UInt8(ascii: "]")) { return 0 }
        try parseValue { .expectedValue($0) }
        var count = 1
        while true {
            try skipWhiteSpace()
            if skip(UInt8(ascii: "]")) { return count }
            guard skip(UInt8(ascii: ",")) else { throw try unexpected { .expectedCommaOrBracket($0) } }
            try skipWhiteSpace()
            try parseValue { .expectedValueAfterComma($0) }
            count += 1
        }
    }

    /// - Parameter object: the place of the object whose members they are.
    private mutating func parseMembers(of object: Int) throws(JSONSyntaxError) -> Int {
        try descend()
        defer { depth -= 1 }
        var names = DistinctNames()
        let marks = known.markCount
        defer { known.forget(downTo: marks) }
        try skipWhiteSpace()
        if skip(UInt8(ascii: "}")) { return 0 }
        var count = 0
        while true {
            try parseName(number: count, of: object, &names)
            try parseValue { .expectedValue($0) }
            count += 1
            try skipWhiteSpace()
            if skip(UInt8(ascii: "}")) { return count }
            try stepOverComma()
        }
    }

    /// Reads a member's name and its colon, up to the value.
    ///
    /// It is a method of its own to keep `parseMembers`, which recurses, small on the stack.
    private mutating func parseName(
        number count: Int, of object: Int, _ names: inout DistinctNames
    ) throws(JSONSyntaxError) {
        guard next == UInt8(ascii: "\"") else {
            throw try unexpected { count == 0 ? .expectedNameOrBrace($0) : .expectedNameAfterComma($0) }
        }
        let (start, startOffset) = (position, offset)
        let content: JSONEntry.Content
        var number = known.number(at: offset, in: bytes)
        if let number {
            let length = known.length(of: number)
            content = .plain(start: UInt32(offset + 1), count: UInt32(length))
            offset += length + 2
        } else {
            content = try parseString()
            number = known.take(text(of: content), at: startOffset + 1..<offset - 1)
        }
        // A known name costs no search, unless it is there already.
        let isNew = number.map { known.mark($0, depth: depth) } ?? false
        if !isNew, let first = first(text(of: content), number: number == nil ? count : 0, of: object, &names) {
            let line = entries[first].position.line
            throw JSONSyntaxError(position: start, what: .duplicateName(text(of: content), firstLine: line))
        }
        append(content, at: start)
        try skipWhiteSpace()
        guard skip(UInt8(ascii: ":")) else { throw try unexpected { .expectedColon($0) } }
        try skipWhiteSpace()
    }

    /// The text of a string.
    private func text(of content: JSONEntry.Content) -> String { content.string(in: bytes, strings) ?? "" }

    /// The place at which an open object has a name already; one that it has not is taken into `names`.
    private func first(
        _ name: String, number count: Int, of object: Int, _ names: inout DistinctNames
    ) -> Int? {
        let members = JSONPlaces(entries, from: object + 1, to: entries.count, step: .member)
        if count < DistinctNames.plainSearchLimit {
            return members.first { entries[$0].content.isString(name, in: bytes, strings) }
        }
        if names.isEmpty {
            for member in members { names.insert(text(of: entries[member].content), at: member) }
        }
        return names.insert(name, at: entries.count)
    }

    /// Steps over the comma between two members.
    private mutating func stepOverComma() throws(JSONSyntaxError) {
        guard skip(UInt8(ascii: ",")) else { throw try unexpected { .expectedCommaOrBrace($0) } }
        try skipWhiteSpace()
    }

    /// Enters an array or object: steps over its first byte and counts the level.
    private mutating func descend() throws(JSONSyntaxError) {
        guard depth < depthLimit else { throw error(.nestedTooDeep(limit: depthLimit)) }
        depth += 1
        offset += 1
    }

    private mutating func skipWhiteSpace() throws(JSONSyntaxError) {
        // What programs write to each other has none.
        if let next, next > UInt8(ascii: "#") && next != UInt8(ascii: "/") || next == UInt8(ascii: "\"") { return }
        while let byte = next {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                offset += 1
            case UInt8(ascii: "\n"):
                offset += 1
                line += 1
                lineStart = offset
                continuationBytes = 0
            case UInt8(ascii: "/"), UInt8(ascii: "#"):
                throw error(.comment)
            default:
                return
            }
        }
    }

    /// Steps over the next byte if it is `byte`.
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        offset += 1
        return true
    }

    /// Steps over `word` if it stands here and no letter or digit follows it.
    private mutating func skipWord(_ word: StaticString) -> Bool {
        let end = offset + word.utf8CodeUnitCount
        guard end <= bytes.count, !(end < bytes.count && bytes[end].isLetterOrDigit) else { return false }
        guard word.withUTF8Buffer({ bytes[offset..<end].elementsEqual($0) }) else { return false }
        offset = end
        return true
    }
}

/// Finds names that occur twice, in linear time for objects of any size.
private struct DistinctNames {
    /// Objects of fewer names are searched instead.
    static let plainSearchLimit = 32

    /// Names and their places.
    private var places: [ExactString: Int] = [:]

    var isEmpty: Bool { places.isEmpty }

    /// Takes in a name.
    ///
    /// - Returns: The place of the same name; nil when it is new.
    @discardableResult
    mutating func insert(_ name: String, at place: Int) -> Int? {
        places.updateValue(place, forKey: ExactString(text: name))
    }
}
