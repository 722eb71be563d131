/// A field of an object that says what it must not say.
public struct FieldProblem: Error, Hashable, Sendable {
    /// Where: the path of the field, such as `spec.preemption.delay`.
    public var field: String
    /// What it says; cut where it is long.
    public var value: String
    /// What it may say.
    public var allowed: String

    /// The field says `value`, where only `allowed` has a meaning.
    public init(_ field: String, _ value: some CustomStringConvertible, allowed: String) {
        self.field = field
        self.value = String(value.description.prefix(80))
        self.allowed = allowed
    }
}

extension FieldProblem: CustomStringConvertible {
    /// One sentence without a full stop: `spec.version: "4" is not allowed; allowed is 2 or 3`.
    public var description: String { "\(field): \"\(value)\" is not allowed; allowed is \(allowed)" }
}

/// The fields of an object that keep it from being used.
public struct FieldProblems: Error, Hashable, Sendable {
    /// The problems, in the order of the fields; never empty.
    public var problems: [FieldProblem]

    /// The object has these problems.
    public init(_ problems: [FieldProblem]) { self.problems = problems }
}

extension FieldProblems: CustomStringConvertible {
    /// All of them, as one line.
    public var description: String { problems.map(\.description).joined(separator: "; ") }
}

/// Reads the fields of an object one by one and collects what is wrong.
protocol FieldReader {
    /// What is wrong so far.
    var problems: [FieldProblem] { get set }
}

extension FieldReader {
    /// The value, or else a problem and a value that nobody will see.
    mutating func taken<Value>(_ reading: Result<Value, FieldProblem>, else other: Value) -> Value {
        switch reading {
        case .success(let value): return value
        case .failure(let problem):
            problems.append(problem)
            return other
        }
    }
}
