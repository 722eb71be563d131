/// The names that have a value at this point of the configuration.
struct DefinitionTable {
    private var values: [String: DefinedValue]
    private var randomNumbers: RandomNumbers
    /// The name whose value is not complete yet.
    private var openName: String?
    private var openLines: [SourceLine] = []
    /// The folder of the file that is being read, for `${_PWD}`.
    var folder = ""
    /// The value of a variable of the environment, for `${_ENV NAME}`.
    private let variable: (String) -> String?

    /// The names that exist by themselves.
    init(configurationID: String, variable: @escaping (String) -> String?) {
        self.variable = variable
        values = DefinedValue.standard(configurationID: configurationID)
        randomNumbers = RandomNumbers(seed: configurationID)
    }

    /// Whether the next line of the file belongs to a definition.
    var isOpen: Bool { openName != nil }

    /// Gives a name its value, or begins to.
    mutating func define(_ definition: DefinitionLine, at place: SourcePlace) {
        close()
        let name = String(definition.name)
        guard definition.isContinued else { return values[name] = .text(Array(definition.value.utf8)) }
        openName = name
        if !definition.value.isEmpty { openLines = [SourceLine(text: definition.value, place: place)] }
    }

    /// Adds the next line of the file to the definition that is open.
    mutating func continueDefinition(with line: SourceLine) {
        let (text, isContinued) = line.definedText(line.text)
        if openLines.isEmpty, !isContinued, let name = openName {
            // A value that has one line after all may stand anywhere in a line.
            openName = nil
            values[name] = .text(Array(text.utf8))
        } else {
            if !text.isEmpty { openLines.append(SourceLine(text: text, place: line.place)) }
            if !isContinued { close() }
        }
    }

    /// Ends the definition that is open, if one is.
    mutating func close() {
        guard let name = openName else { return }
        values[name] = openLines.isEmpty ? .text([]) : .lines(openLines)
        openName = nil
        openLines = []
    }

    /// Gives a name a text as its value.
    mutating func set(_ name: String, to value: String) { values[name] = .text(Array(value.utf8)) }

    /// Lets the random numbers follow from `seed` from now on.
    mutating func seedRandomNumbers(_ seed: UInt64) { randomNumbers = RandomNumbers(seed: seed) }

    private func hasValue(_ use: DefinitionUse) -> Bool {
        switch values[use.name] {
        case nil: false
        case .environment: use.parameters.count == 1 && variable(use.parameters[0]) != nil
        case .text, .lines, .folder, .randomNumber: true
        }
    }

    /// The first name in a line that would be replaced had it a value.
    func undefinedName(in line: SourceLine) -> String? {
        guard line.text.utf8.contains(UInt8(ascii: "$")) else { return nil }
        let octets = Array(line.text.utf8)
        return octets.indices.lazy.filter { octets[$0] == UInt8(ascii: "$") }
            .compactMap { DefinitionUse(in: octets, at: $0) }.first { !hasValue($0) }
            .map { use in
                let isVariable = use.name == DefinedValue.nameOfEnvironment
                return ([use.name] + (isVariable ? use.parameters : [])).joined(separator: " ")
            }
    }
}

/// A line with its names replaced.
struct ExpandedLine {
    /// The line.
    var line: SourceLine
    /// The further lines of the definitions of several lines that ended it, those that come next first.
    var following: [SourceLine]
}

extension DefinitionTable {
    /// Replaces the names in a line, and those in their values.
    ///
    /// A value that begins with `~` ends this, so that the variables of its sequence are left for the sequence to set.
    ///
    /// - Returns: nil where nothing is to be replaced.
    /// - Throws: why the line cannot be used.
    mutating func expand(
        _ line: SourceLine, _ budget: inout ExpansionBudget
    ) throws(Diagnostic.SyntaxProblem) -> ExpandedLine? {
        guard line.text.utf8.contains(UInt8(ascii: "$")) else { return nil }
        var octets = Array(line.text.utf8)
        var expanded = ExpandedLine(line: line, following: [])
        var replacements = 0
        var position = 0
        while let start = octets[position...].firstIndex(of: UInt8(ascii: "$")) {
            guard let use = DefinitionUse(in: octets, at: start), let value = value(for: use, in: octets) else {
                position = start + 1
                continue
            }
            position = start
            replacements += 1
            if use.range == octets.indices, let first = value.lines.first { expanded.line.place = first.place }
            expanded.following.insert(contentsOf: value.lines.dropFirst(), at: 0)
            octets.replaceSubrange(use.range, with: value.text)
            guard replacements <= LanguageLimits.replacementsInLine else { throw .endlessDefinition }
            guard octets.count <= LanguageLimits.lineLength else {
                throw .lineTooLong(limit: LanguageLimits.lineLength)
            }
            try budget.spend(octets: octets.count + (value.lines.count + 1) * LanguageLimits.replacementCost)
            if value.text.first(where: { !$0.isBlank }) == UInt8(ascii: "~") { break }
        }
        guard replacements > 0 else { return nil }
        expanded.line.text = String(decoding: LineContent(octets[...]).octets, as: UTF8.self)[...]
        return expanded
    }

    /// What is written in place of a use, and the lines that it is the first of; nil where the use stays as it is.
    private mutating func value(
        for use: DefinitionUse, in octets: [UInt8]
    ) -> (text: [UInt8], lines: [SourceLine])? {
        switch values[use.name] {
        case nil: nil
        case .randomNumber: (Array(String(randomNumbers.number(use.parameters.map { Int($0) ?? .max })).utf8), [])
        case .environment: use.parameters.count == 1 ? variable(use.parameters[0]).map { (Array($0.utf8), []) } : nil
        case _ where !use.parameters.isEmpty: nil
        case .text(let text): (text, [])
        case .folder: (Array(folder.utf8), [])
        case .lines(let lines):
            use.range.upperBound == octets.count ? lines.first.map { (Array($0.text.utf8), lines) } : nil
        }
    }
}
