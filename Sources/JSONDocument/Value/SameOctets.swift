internal import Glibc

extension UnsafeBufferPointer<UInt8> {
    /// Whether both hold the same octets. A status of hundreds of virtual routers has ten thousand names to compare, for which a
    /// comparison of sequences takes longer.
    func hasSameOctets(as other: Self) -> Bool {
        guard count == other.count else { return false }
        guard let own = baseAddress, let others = other.baseAddress else { return true }
        return memcmp(own, others, count) == 0
    }

    /// Whether no octet of a text has to be escaped between quotes (RFC 8259, section 7).
    var isPlainJSON: Bool {
        let octets = UnsafeRawBufferPointer(self)
        var place = 0
        while place &+ 8 <= count {
            if octets.loadUnaligned(fromByteOffset: place, as: UInt64.self).hasSpecialOctet { return false }
            place &+= 8
        }
        while place < count {
            if self[place] < 0x20 || self[place] == UInt8(ascii: "\"") || self[place] == UInt8(ascii: "\\") {
                return false
            }
            place &+= 1
        }
        return true
    }
}

extension UInt64 {
    /// Whether one of the eight octets is a control character, a quote or a backslash: where none is, no subtraction borrows,
    /// and the highest bit of an octet that had none stays away.
    fileprivate var hasSpecialOctet: Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = self ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslashes = self ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let found = (self &- (ones &* 0x20)) & ~self | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
        return found & (ones &* 0x80) != 0
    }
}
