/// All values of a parsed text, in the order in which they begin.
///
/// However many there are, they are two blocks of memory, and no string is made before somebody asks for it: a status of
/// hundreds of virtual routers has ten thousand values, and would be as many pieces otherwise.
final class JSONTree: Sendable {
    /// The text.
    let bytes: [UInt8]
    /// The values and, before each value of an object, its name.
    let entries: [JSONEntry]
    /// The strings that have escapes in the text.
    let unescaped: [String]

    init(bytes: [UInt8], entries: [JSONEntry], unescaped: [String]) {
        self.bytes = bytes
        self.entries = entries
        self.unescaped = unescaped
    }

    /// The string or the name of an entry that is one.
    func string(at place: Int) -> String? { entries[place].content.string(in: bytes, unescaped) }

    /// Whether an entry is this string, or this name.
    func isString(at place: Int, _ text: String) -> Bool { entries[place].content.isString(text, in: bytes, unescaped) }

    /// The place of a name among those of the object at `object`, looked for from `start` on and then from the first one.
    func place(of name: String, in object: Int, from start: Int) -> Int? {
        let count = name.utf8.count
        let (first, end) = (object + 1, Int(entries[object].end))
        guard first < end else { return nil }
        let start = start < end ? start : first
        var place = start
        repeat {
            // Nearly all that differ have another length: whoever looks for a name that is not there goes through all of them.
            if entries[place].content.mayHave(count), isString(at: place, name) { return place }
            place = Int(entries[place + 1].end)
            if place >= end { place = first }
        } while place != start
        return nil
    }

    /// The places of the elements of the array at `place`.
    func elements(of place: Int) -> JSONPlaces {
        JSONPlaces(entries, from: place + 1, to: Int(entries[place].end), step: .element)
    }

    /// The places of the names of the object at `place`; behind each stands its value.
    func members(of place: Int) -> JSONPlaces {
        JSONPlaces(entries, from: place + 1, to: Int(entries[place].end), step: .member)
    }
}

/// A value, or the name of one.
struct JSONEntry {
    /// What it is. Nothing in it has to be kept or given back, so that there is no cost but that of the memory.
    enum Content {
        case null
        case bool(Bool)
        case integer(Int64)
        case number(Double)
        /// A string that stands in the text as it is.
        case plain(start: UInt32, count: UInt32)
        /// A string with escapes, by its number among those.
        case unescaped(Int)
        /// An array of so many elements.
        case array(count: Int)
        /// An object of so many members.
        case object(count: Int)
    }

    let content: Content
    /// The place behind all that belongs to it.
    let end: UInt32
    /// Where its first character stands.
    let position: JSONPosition
}

extension JSONEntry.Content {
    /// The string, where it is one.
    func string(in bytes: [UInt8], _ unescaped: [String]) -> String? {
        switch self {
        case .plain(let start, let count): String(decoding: bytes[Int(start)..<Int(start + count)], as: UTF8.self)
        case .unescaped(let number): unescaped[number]
        default: nil
        }
    }

    /// Whether it is this string.
    func isString(_ text: String, in bytes: [UInt8], _ unescaped: [String]) -> Bool {
        switch self {
        case .plain(let start, let count):
            guard text.utf8.count == Int(count) else { return false }
            let own = bytes[Int(start)..<Int(start + count)]
            let isSame = text.utf8.withContiguousStorageIfAvailable { octets in
                own.withUnsafeBufferPointer { $0.hasSameOctets(as: octets) }
            }
            return isSame ?? own.elementsEqual(text.utf8)
        case .unescaped(let number): return unescaped[number].isExactly(text)
        default: return false
        }
    }

    /// Whether a string of so many bytes may be this one.
    fileprivate func mayHave(_ bytes: Int) -> Bool {
        if case .plain(_, let count) = self { count == bytes } else { true }
    }
}

/// The places of what stands in an array or an object, one after the other: of each element, or of each name.
struct JSONPlaces: Sequence, IteratorProtocol {
    /// What is between one place and the next.
    enum Step: Int {
        /// An element.
        case element = 0
        /// A name and its value.
        case member = 1
    }

    private let entries: [JSONEntry]
    private let end: Int
    private let step: Step
    private var place: Int

    init(_ entries: [JSONEntry], from start: Int, to end: Int, step: Step) {
        self.entries = entries
        self.end = end
        self.step = step
        place = start
    }

    mutating func next() -> Int? {
        guard place < end else { return nil }
        defer { place = Int(entries[place + step.rawValue].end) }
        return place
    }
}
