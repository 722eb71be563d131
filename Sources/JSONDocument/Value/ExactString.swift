extension String {
    /// Whether both strings have the same code points, as RFC 8259, section 8.3 compares names.
    ///
    /// `==` normalises strings that are not ASCII, in more than linear time for hostile runs of combining marks.
    func isExactly(_ other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}

/// A string as a member of a set, hashed and compared by its code points alone.
struct ExactString: Hashable {
    let text: String

    static func == (left: Self, right: Self) -> Bool { left.text.isExactly(right.text) }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
