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

    private var known: KnownNames
    private let depthLimit: Int
    private var depth = 0
    private var line = 1
    private var lineStart = 0

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

    mutating func parseDocument() throws(JSONSyntaxError) -> JSONNode {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { throw error(.byteOrderMark) }
        try skipWhiteSpace()
        let node = try parseValue { .expectedValue($0) }
        try skipWhiteSpace()
        guard next == nil else { throw try unexpected { .expectedEnd($0) } }
        return node
    }

    /// - Parameter problem: What to say when no value begins here.
    private mutating func parseValue(
        _ problem: (JSONSyntaxError.Found) -> JSONSyntaxError.What
    ) throws(JSONSyntaxError) -> JSONNode {
        let start = position
        let content: JSONNode.Content
        switch next {
        case UInt8(ascii: "\""): content = .string(try parseString())
        case UInt8(ascii: "{"): content = .object(try parseMembers())
        case UInt8(ascii: "["): content = .array(try parseElements())
        case .some(let byte) where byte.isDigit || byte == UInt8(ascii: "-"): content = try parseNumber()
        case UInt8(ascii: "t") where skipWord("true"): content = .bool(true)
        case UInt8(ascii: "f") where skipWord("false"): content = .bool(false)
        case UInt8(ascii: "n") where skipWord("null"): content = .null
        default: throw try unexpected(problem)
        }
        return JSONNode(position: start, content: content)
    }

    private mutating func parseElements() throws(JSONSyntaxError) -> [JSONNode] {
        try descend()
        defer { depth -= 1 }
        var elements: [JSONNode] = []
        try skipWhiteSpace()
        if skip(UInt8(ascii: "]")) { return elements }
        elements.append(try parseValue { .expectedValue($0) })
        while true {
            try skipWhiteSpace()
            if skip(UInt8(ascii: "]")) { return elements }
            guard skip(UInt8(ascii: ",")) else { throw try unexpected { .expectedCommaOrBracket($0) } }
            try skipWhiteSpace()
            elements.append(try parseValue { .expectedValueAfterComma($0) })
        }
    }

    private mutating func parseMembers() throws(JSONSyntaxError) -> [JSONNode.Member] {
        try descend()
        defer { depth -= 1 }
        var members: [JSONNode.Member] = []
        var names = DistinctNames()
        let marks = known.markCount
        defer { known.forget(downTo: marks) }
        try skipWhiteSpace()
        if skip(UInt8(ascii: "}")) { return members }
        while true {
            let start = position
            let name = try parseName(after: members, &names)
            members.append(.init(name: name, position: start, node: try parseValue { .expectedValue($0) }))
            try skipWhiteSpace()
            if skip(UInt8(ascii: "}")) { return members }
            try stepOverComma()
        }
    }

    /// Reads a member's name and its colon, up to the value.
    ///
    /// It is a method of its own to keep `parseMembers`, which recurses, small on the stack.
    private mutating func parseName(
        after members: [JSONNode.Member], _ names: inout DistinctNames
    ) throws(JSONSyntaxError) -> String {
        guard next == UInt8(ascii: "\"") else {
            throw try unexpected { members.isEmpty ? .expectedNameOrBrace($0) : .expectedNameAfterComma($0) }
        }
        let start = position
        let startOffset = offset
        let name: String
        let number: KnownNames.Number?
        if let (known, knownNumber) = known.name(at: offset, in: bytes) {
            (name, number) = (known, knownNumber)
            offset += name.utf8.count + 2
        } else {
            name = try parseString()
            number = known.take(name, at: startOffset + 1..<offset - 1)
        }
        let first: Int?
        if let number {
            first = known.mark(number, depth: depth) ? nil : members.firstIndex { $0.name.isExactly(name) }
        } else {
            first = names.insert(name, among: members)
        }
        if let first {
            throw JSONSyntaxError(position: start, what: .duplicateName(name, firstLine: members[first].position.line))
        }
        try skipWhiteSpace()
        guard skip(UInt8(ascii: ":")) else { throw try unexpected { .expectedColon($0) } }
        try skipWhiteSpace()
        return name
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
    /// Names and their members' indices, once there are too many for a plain search.
    private var indices: [ExactString: Int] = [:]
    private static let plainSearchLimit = 32

    /// Takes in the name that follows those of `members`.
    ///
    /// - Returns: The index of the member that has the name already, nil when it is new.
    mutating func insert(_ name: String, among members: [JSONNode.Member]) -> Int? {
        if members.count < Self.plainSearchLimit {
            return members.firstIndex { $0.name.isExactly(name) }
        }
        if indices.isEmpty {
            for (index, member) in members.enumerated() { indices[ExactString(text: member.name)] = index }
        }
        return indices.updateValue(members.count, forKey: ExactString(text: name))
    }
}
