/// The names of members that a text has had so far, so that one that comes again need not be searched for among the others of
/// its object: the objects of a long list all have the same ones.
///
/// A name is known by its place in a table, in which no name takes that of another one. What finds its place taken, or is
/// long or not ASCII, is not known, however often it comes.
struct KnownNames {
    /// What names a name.
    typealias Number = Int

    /// In a short text names seldom come again.
    static let shortestText = 4096
    private static let longestName = 48
    private static let size = 1024

    private struct Entry {
        var name = ""
        /// Where the name stands in the text, as it is written.
        var range = 0..<0
        /// The depth of the innermost open object that has it; 0 for none.
        var depth = 0
        /// The name that came behind it the last time: in a list of objects it is the one that comes the next time.
        var follower: Number?
    }

    private var entries: [Entry] = []
    /// The name that came last; nil where it is not known.
    private var last: Number?
    /// What an open object's names were marked with before, so that its end leaves the marks of those around it.
    private var marks: [(number: Number, depth: Int)] = []

    init(forTextOf count: Int) {
        if count >= Self.shortestText { entries = Array(repeating: Entry(), count: Self.size) }
    }

    /// The number of the name that stands between the quotes, the first of which is at `start`; nil where it is not known.
    mutating func number(at start: Int, in bytes: [UInt8]) -> Number? {
        guard !entries.isEmpty else { return nil }
        guard let number = follower(at: start, in: bytes) ?? searched(at: start, in: bytes) else { return nil }
        note(number)
        return number
    }

    /// How many bytes a name has.
    func length(of number: Number) -> Int { entries[number].range.count }

    /// The name that came behind the last one before, where it comes behind it now.
    private func follower(at start: Int, in bytes: [UInt8]) -> Number? {
        guard let number = last.flatMap({ entries[$0].follower }) else { return nil }
        let range = entries[number].range
        let end = start + 1 + range.count
        guard !range.isEmpty, end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
        return Self.hasSameOctets(range, start + 1..<end, in: bytes) ? number : nil
    }

    private func searched(at start: Int, in bytes: [UInt8]) -> Number? {
        var end = start + 1
        var hash: UInt32 = 0
        while end < bytes.count, end - start <= Self.longestName + 1 {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") {
                let number = Self.number(hash)
                let range = entries[number].range
                return Self.hasSameOctets(range, start + 1..<end, in: bytes) ? number : nil
            }
            if byte == UInt8(ascii: "\\") { return nil }
            hash = Self.hash(hash, byte)
            end += 1
        }
        return nil
    }

    /// Takes a name in, and returns its number; nil where it cannot be known.
    ///
    /// - Parameter range: Where it stands between its quotes, escapes and all.
    mutating func take(_ name: String, at range: Range<Int>) -> Number? {
        guard !entries.isEmpty else { return nil }
        let number = number(of: name, at: range)
        note(number)
        return number
    }

    private mutating func number(of name: String, at range: Range<Int>) -> Number? {
        guard (1...Self.longestName).contains(name.utf8.count), name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let number = Self.number(name.utf8.reduce(0, Self.hash))
        if entries[number].name.isEmpty {
            entries[number].name = name
            // With an escape, the next one like it is read again.
            if range.count == name.utf8.count { entries[number].range = range }
        }
        return entries[number].name.isExactly(name) ? number : nil
    }

    /// Notes which name has come.
    private mutating func note(_ number: Number?) {
        if let last, entries[last].follower != number { entries[last].follower = number }
        last = number
    }

    /// The number of marks, for ``forget(downTo:)``.
    var markCount: Int { marks.count }

    /// Notes that the innermost open object has a name; returns whether it has it for the first time.
    mutating func mark(_ number: Number, depth: Int) -> Bool {
        guard entries[number].depth != depth else { return false }
        marks.append((number, entries[number].depth))
        entries[number].depth = depth
        return true
    }

    /// The innermost object ends, before which there were so many marks.
    mutating func forget(downTo count: Int) {
        while marks.count > count, let (number, depth) = marks.popLast() { entries[number].depth = depth }
    }

    private static func hasSameOctets(_ one: Range<Int>, _ other: Range<Int>, in bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            UnsafeBufferPointer(rebasing: bytes[one]).hasSameOctets(as: UnsafeBufferPointer(rebasing: bytes[other]))
        }
    }

    private static func hash(_ hash: UInt32, _ byte: UInt8) -> UInt32 { hash &* 31 &+ UInt32(byte) }

    private static func number(_ hash: UInt32) -> Number { Int((hash ^ hash >> 10) % UInt32(size)) }
}
