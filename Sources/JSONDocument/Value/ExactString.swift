extension String {
    /// Whether both strings have the same code points, as RFC 8259, section 8.3 compares names.
    ///
    /// `==` normalises strings that are not ASCII, in more than linear time for hostile runs of combining marks.
    func isExactly(_ other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.hasSameOctets(as: other.utf8)
    }
}

extension String.UTF8View {
    /// Whether both have the same octets, as they lie in memory where they do: all strings of a document.
    fileprivate func hasSameOctets(as other: Self) -> Bool {
        let isSame = withContiguousStorageIfAvailable { own in
            other.withContiguousStorageIfAvailable { own.hasSameOctets(as: $0) }
        }
        return (isSame ?? nil) ?? elementsEqual(other)
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
