public import VRRP

extension AdvertisementInterval {
    /// Reads a number of seconds with at most two decimals, `0.25`, exactly; nil for anything else and for an interval
    /// that no version can carry.
    public init?(seconds text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, (1...3).contains(whole.count) else { return nil }
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        guard parts.count == 1 || !fraction.isEmpty, fraction.dropFirst(2).allSatisfy({ $0 == UInt8(ascii: "0") })
        else { return nil }
        var centiseconds = 0
        let zeros = Array(repeating: UInt8(ascii: "0"), count: 2)
        for digit in Array(whole) + (fraction + zeros).prefix(2) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            centiseconds = centiseconds * 10 + Int(digit - UInt8(ascii: "0"))
        }
        self.init(centiseconds: centiseconds)
    }
}
