import JSONDocument
public import VRRPEngine

extension Report {
    /// What a line of the log says of the report for programs, by the names that its object has here: `kind`, `router` and what
    /// belongs to the kind.
    ///
    /// An object within it gives its kind or address under its own name, and what else it has under both names: `peer` and
    /// `peerPriority`. Sentences are left out, because the line has one.
    public var logFields: [String: String] {
        var fields: [String: String] = [:]
        for member in members { Self.add(member.value, as: member.key, to: &fields) }
        return fields
    }

    private static func add(_ value: JSONValue, as name: String, to fields: inout [String: String]) {
        guard case .object(let object) = value else {
            fields[name] = word(value)
            return
        }
        for member in object {
            switch member.key {
            case "text": break
            case "kind", "address": fields[name] = word(member.value)
            case let inner: fields[name + inner.prefix(1).uppercased() + inner.dropFirst()] = word(member.value)
            }
        }
    }

    /// One value in one word; that of a list has its elements behind commas.
    private static func word(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .bool(let value): "\(value)"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .string(let text): text
        case .array(let elements): elements.map(word).joined(separator: ",")
        case .object(let object):
            object.filter { $0.key != "text" }.map { word($0.value) }.joined(separator: ":")
        }
    }
}
