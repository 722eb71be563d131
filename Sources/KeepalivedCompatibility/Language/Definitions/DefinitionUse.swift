/// A place in a line where the value of a name is asked for: `$NAME` or `${NAME}`.
struct DefinitionUse {
    /// The name without its `$`.
    var name: String
    /// The words behind the name: numbers, `${NAME 1 6}` has 1 and 6, and for `_ENV` the name of a variable.
    var parameters: [String]
    /// The octets from the `$` to the end of the name or the brace.
    var range: Range<Int>

    /// The use whose `$` stands at `start`; nil where none does.
    ///
    /// Without braces, the line ends behind the name, or a space, tab, comma or closing parenthesis follows.
    init?(in line: [UInt8], at start: Int) {
        var position = start + 1
        let isBraced = position < line.count && line[position] == UInt8(ascii: "{")
        if isBraced { position += 1 }
        let nameStart = position
        guard position < line.count, line[position].beginsName else { return nil }
        while position < line.count, line[position].belongsToName { position += 1 }
        name = String(decoding: line[nameStart..<position], as: UTF8.self)

        guard isBraced else {
            guard position == line.count || Self.endsName(line[position]) else { return nil }
            parameters = []
            range = start..<position
            return
        }
        let parameterStart = position
        let takesNames = name == DefinedValue.nameOfEnvironment
        while position < line.count,
            line[position] == UInt8(ascii: " ") || line[position].isDigit || takesNames && line[position].belongsToName
        {
            position += 1
        }
        guard position < line.count, line[position] == UInt8(ascii: "}") else { return nil }
        parameters = line[parameterStart..<position].split(separator: UInt8(ascii: " ")).map { word in
            String(decoding: word, as: UTF8.self)
        }
        range = start..<position + 1
    }

    private static func endsName(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ")"): true
        default: false
        }
    }
}
