/// Reads variables and collects what is wrong with them, so that all of it can be told at once.
struct EnvironmentReader {
    private let environment: [String: String]
    /// What was wrong so far.
    private(set) var problems: [EnvironmentProblem] = []

    /// Nothing is read yet.
    init(_ environment: [String: String]) { self.environment = environment }

    /// The names of all variables, in order.
    var names: [String] { environment.keys.sorted() }

    /// What a variable says, blanks around it left out; nil where it is not set or empty, which is the same.
    func text(_ variable: FailoverVariable) -> String? {
        guard let octets = environment[variable.rawValue]?.utf8 else { return nil }
        guard let first = octets.firstIndex(where: { !$0.isBlank }),
            let last = octets.lastIndex(where: { !$0.isBlank })
        else { return nil }
        return String(decoding: octets[first...last], as: UTF8.self)
    }

    /// The words of a variable, between blanks, line ends and commas.
    func words(_ variable: FailoverVariable) -> [String] {
        (text(variable) ?? "").utf8.split { $0.isBlank || $0 == UInt8(ascii: ",") }.map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The value of a variable; nil where it is not set, and where it is wrong, which is reported.
    mutating func value<Value>(_ variable: FailoverVariable, _ format: ValueFormat<Value>) -> Value? {
        guard let text = text(variable) else { return nil }
        let value = format.read(text)
        if value == nil { report(variable, "allowed is \(format.allowed)") }
        return value
    }

    /// The values of the words of a variable; those that are wrong are reported and left out.
    mutating func values<Value>(_ variable: FailoverVariable, _ format: ValueFormat<Value>) -> [Value] {
        words(variable).compactMap { word in
            let value = format.read(word)
            if value == nil { report(variable, "\"\(printable(word))\" is not allowed; allowed is \(format.allowed)") }
            return value
        }
    }

    /// Notes that a variable is wrong.
    mutating func report(_ variable: FailoverVariable, _ reason: String) {
        problems.append(EnvironmentProblem(variable: variable.rawValue, value: text(variable), reason: reason))
    }
}
