/// The members of one object while a decoder asks for them by name.
///
/// It remembers the names that were asked for, so that a decoder is a list of its fields and nothing else:
///
/// ```swift
/// init(_ fields: inout JSONFields) throws(JSONFieldError) {
///     name = try fields.required("name").string(length: 1...255)
///     priority = try fields.optional("priority")?.integer(in: 1...255) ?? 100
///     addresses = try fields.required("addresses").elements(count: 1...20, VirtualAddress.init)
///     track = try fields.optional("track")?.objects(TrackedInterface.init) ?? []
/// }
///
/// let router = try JSONReader(node).object(VirtualRouterDefinition.init)
/// ```
///
/// ``JSONReader/object(_:)`` then refuses every member that was not asked for.
public struct JSONFields: Sendable {
    /// The object as a whole, for errors that concern several of its members.
    public let object: JSONReader

    /// Nil where members that nobody asks for are passed over.
    private var asked: [String]?
    /// Where the next member is expected.
    private var place: Int

    /// - Throws: Where the value is not an object.
    init(_ object: JSONReader, passingOverUnknown: Bool = false) throws(JSONFieldError) {
        self.object = object
        guard case .object(let count) = object.node.entry.content else { throw object.error(allowed: "an object") }
        if !passingOverUnknown {
            asked = []
            asked?.reserveCapacity(count)
        }
        place = object.node.place + 1
    }

    /// The member `name`; an error where there is none.
    public mutating func required(_ name: String) throws(JSONFieldError) -> JSONReader {
        asked?.append(name)
        guard let member = try object.member(name, from: &place) else { throw object.missingMember(name) }
        return member
    }

    /// The member `name`; nil where there is none or where it is `null`.
    public mutating func optional(_ name: String) throws(JSONFieldError) -> JSONReader? {
        asked?.append(name)
        guard let member = try object.member(name, from: &place), !member.isNull else { return nil }
        return member
    }

    /// Throws at the first member that was not asked for.
    func rejectUnknownMembers() throws(JSONFieldError) {
        guard let asked else { return }
        try object.rejectUnknownMembers(known: asked)
    }
}
