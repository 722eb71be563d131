extension JSONReader {
    /// The elements of an array, each with its own path.
    ///
    /// - Parameter count: How many elements are allowed, any number by default.
    public func elements(count: ClosedRange<Int> = 0...Int.max) throws(JSONFieldError) -> [JSONReader] {
        try elements(count: count) { (element) throws(JSONFieldError) in element }
    }

    /// What `read` makes of each element of an array, in order.
    public func elements<Element>(
        count: ClosedRange<Int> = 0...Int.max, _ read: (JSONReader) throws(JSONFieldError) -> Element
    ) throws(JSONFieldError) -> [Element] {
        guard case .array(let found) = node.entry.content else { throw error(allowed: "an array") }
        guard count.contains(found) else { throw elementCountError(found, allowed: count) }
        var result: [Element] = []
        result.reserveCapacity(found)
        for place in node.tree.elements(of: node.place) { result.append(try read(reader(at: place))) }
        return result
    }

    /// What `read` makes of the fields of each element of an array of objects, in order.
    public func objects<Element>(
        count: ClosedRange<Int> = 0...Int.max, _ read: (inout JSONFields) throws(JSONFieldError) -> Element
    ) throws(JSONFieldError) -> [Element] {
        try elements(count: count) { (element) throws(JSONFieldError) in try element.object(read) }
    }

    /// The members of an object for a reader that asks for them in their order, and passes over those that it does not know.
    public func fields() throws(JSONFieldError) -> JSONFields { try JSONFields(self, passingOverUnknown: true) }

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
        try names().map { (node.tree.string(at: $0) ?? "", reader(at: $0 + 1)) }
    }

    /// The members of an object in their order, for objects whose names are data and whose values are whole numbers from 0.
    public func counts() throws(JSONFieldError) -> [(name: String, value: Int64)] {
        var counts: [(name: String, value: Int64)] = []
        for name in try names() {
            let member = reader(at: name + 1)
            guard let value = member.wholeValue, value >= 0 else {
                throw member.error(allowed: "a whole number from 0 to \(Int64.max)")
            }
            counts.append((node.tree.string(at: name) ?? "", value))
        }
        return counts
    }

    /// The member `name` of an object; an error where there is none.
    public func member(_ name: String) throws(JSONFieldError) -> JSONReader {
        var place = node.place + 1
        guard let member = try member(name, from: &place) else { throw missingMember(name) }
        return member
    }

    /// The member `name` of an object; nil where there is none or where it is `null`.
    public func optionalMember(_ name: String) throws(JSONFieldError) -> JSONReader? {
        var place = node.place + 1
        guard let member = try member(name, from: &place), !member.isNull else { return nil }
        return member
    }

    /// The member `name` of an object, looked for from `place` on and then from the first member; nil where there is none.
    ///
    /// - Parameter place: that of a name, or the end of the object; afterwards that of the name behind the one that was found,
    ///   so that members are found at once by whoever asks for them in their order.
    func member(_ name: String, from place: inout Int) throws(JSONFieldError) -> JSONReader? {
        guard case .object = node.entry.content else { throw error(allowed: "an object") }
        let tree = node.tree
        guard let found = tree.place(of: name, in: node.place, from: place) else { return nil }
        place = Int(tree.entries[found + 1].end)
        return reader(at: found + 1)
    }

    /// Throws at the first member of an object that is not `known`, with the known name that is nearest to it.
    public func rejectUnknownMembers(known: [String]) throws(JSONFieldError) {
        for place in try names() where !known.contains(where: { node.tree.isString(at: place, $0) }) {
            let name = node.tree.string(at: place) ?? ""
            throw JSONFieldError(
                position: node.tree.entries[place].position, path: path(toMember: name),
                what: .unknown(nearest: nearestName(to: name, among: known), known: known))
        }
    }

    /// The places of the names of an object.
    func names() throws(JSONFieldError) -> JSONPlaces {
        guard case .object = node.entry.content else { throw error(allowed: "an object") }
        return node.tree.members(of: node.place)
    }

    func missingMember(_ name: String) -> JSONFieldError {
        JSONFieldError(position: node.position, path: path(toMember: name), what: .missing)
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
