extension JSONReader {
    /// The elements of an array, each with its own path.
    ///
    /// - Parameter count: How many elements are allowed, any number by default.
    public func elements(count: ClosedRange<Int> = 0...Int.max) throws(JSONFieldError) -> [JSONReader] {
        guard case .array(let nodes) = node.content else { throw error(allowed: "an array") }
        guard count.contains(nodes.count) else { throw elementCountError(nodes.count, allowed: count) }
        return nodes.enumerated().map { index, node in
            JSONReader(node: node, parent: path, step: .element(index))
        }
    }

    /// What `read` makes of each element of an array, in order.
    public func elements<Element>(
        count: ClosedRange<Int> = 0...Int.max, _ read: (JSONReader) throws(JSONFieldError) -> Element
    ) throws(JSONFieldError) -> [Element] {
        var result: [Element] = []
        for element in try elements(count: count) { result.append(try read(element)) }
        return result
    }

    /// What `read` makes of the fields of each element of an array of objects, in order.
    public func objects<Element>(
        count: ClosedRange<Int> = 0...Int.max, _ read: (inout JSONFields) throws(JSONFieldError) -> Element
    ) throws(JSONFieldError) -> [Element] {
        try elements(count: count) { (element) throws(JSONFieldError) in try element.object(read) }
    }

    /// The members of an object for a reader that asks for them in their order, and passes over those that it does not know.
    public func fields() throws(JSONFieldError) -> JSONFields { try JSONFields(self) }

    /// What `read` makes of the fields of an object; members that it did not ask for are errors afterwards.
    public func object<Value>(
        _ read: (inout JSONFields) throws(JSONFieldError) -> Value
    ) throws(JSONFieldError) -> Value {
        var fields = try JSONFields(self)
        let value = try read(&fields)
        try fields.rejectUnknownMembers()
        return value
    }

    /// The members of an object in their order, for objects whose names are data.
    public func members() throws(JSONFieldError) -> [(name: String, value: JSONReader)] {
        try objectMembers().map { ($0.name, reader(of: $0)) }
    }

    /// The members of an object in their order, for objects whose names are data and whose values are whole numbers from 0.
    public func counts() throws(JSONFieldError) -> [(name: String, value: Int64)] {
        let members = try objectMembers()
        var counts: [(name: String, value: Int64)] = []
        counts.reserveCapacity(members.count)
        for member in members {
            guard case .integer(let value) = member.node.content, value >= 0 else {
                throw reader(of: member).error(allowed: "a whole number from 0 to \(Int64.max)")
            }
            counts.append((member.name, value))
        }
        return counts
    }

    /// The member `name` of an object; an error where there is none.
    public func member(_ name: String) throws(JSONFieldError) -> JSONReader {
        guard let member = try objectMembers().first(where: { $0.name.isExactly(name) }) else {
            throw missingMember(name)
        }
        return reader(of: member)
    }

    /// The member `name` of an object; nil where there is none or where it is `null`.
    public func optionalMember(_ name: String) throws(JSONFieldError) -> JSONReader? {
        guard let member = try objectMembers().first(where: { $0.name.isExactly(name) }) else { return nil }
        let value = reader(of: member)
        return value.isNull ? nil : value
    }

    /// The member `name` of an object, looked for from `place` on and then from the first member; nil where there is none.
    ///
    /// - Parameter place: an index; afterwards that of the member behind the one that was found, so that members are found at
    ///   once by whoever asks for them in their order.
    func member(_ name: String, from place: inout Int) throws(JSONFieldError) -> JSONReader? {
        let members = try objectMembers()
        for distance in members.indices {
            let index = (place + distance) % members.count
            if members[index].name.isExactly(name) {
                place = index + 1
                return reader(of: members[index])
            }
        }
        return nil
    }

    /// Throws at the first member of an object that is not `known`, with the known name that is nearest to it.
    public func rejectUnknownMembers(known: [String]) throws(JSONFieldError) {
        for member in try objectMembers() where !known.contains(where: { $0.isExactly(member.name) }) {
            throw JSONFieldError(
                position: member.position, path: JSONPath.member(path, name: member.name).description,
                what: .unknown(nearest: nearestName(to: member.name, among: known), known: known))
        }
    }

    func objectMembers() throws(JSONFieldError) -> [JSONNode.Member] {
        guard case .object(let members) = node.content else { throw error(allowed: "an object") }
        return members
    }

    func missingMember(_ name: String) -> JSONFieldError {
        JSONFieldError(
            position: node.position, path: JSONPath.member(path, name: name).description, what: .missing)
    }

    private func reader(of member: JSONNode.Member) -> JSONReader {
        JSONReader(node: member.node, parent: path, step: .member(member.name))
    }

    private func elementCountError(_ found: Int, allowed: ClosedRange<Int>) -> JSONFieldError {
        let limits =
            switch allowed {
            case let range where range.lowerBound == range.upperBound: "\(range.lowerBound)"
            case let range where range.upperBound == .max: "at least \(range.lowerBound)"
            default: "\(allowed.lowerBound) to \(allowed.upperBound)"
            }
        return JSONFieldError(
            position: node.position, path: path.description,
            what: .notAllowed(found: "an array of \(found)", allowed: "an array of \(limits)"))
    }
}
