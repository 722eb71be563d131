/// The digest MD5 (RFC 1321), fed octet by octet; a value without heap storage.
///
/// It is there for the authentication header of VRRPv2 alone (RFC 2403); nothing else should rest on MD5.
struct MD5 {
    /// The octets that the function works on at a time.
    static let blockLength = 64

    private var a: UInt32 = 0x6745_2301
    private var b: UInt32 = 0xefcd_ab89
    private var c: UInt32 = 0x98ba_dcfe
    private var d: UInt32 = 0x1032_5476
    /// The 16 words of the block that is being filled, in the order of the function: the least significant octet first.
    private var block = InlineArray<16, UInt32>(repeating: 0)
    private var count: UInt64 = 0

    /// Takes in one octet.
    mutating func update(_ octet: UInt8) {
        let place = Int(count % UInt64(Self.blockLength))
        let shift = UInt32(place % 4 * 8)
        block[place / 4] = (shift == 0 ? 0 : block[place / 4]) | UInt32(octet) << shift
        count += 1
        if place == Self.blockLength - 1 { compress() }
    }

    /// The digest of all octets so far; the value is of no more use afterwards.
    mutating func finish() -> InlineArray<16, UInt8> {
        let bits = count * 8
        update(0x80)
        while count % UInt64(Self.blockLength) != 56 { update(0) }
        for place in 0..<8 { update(UInt8(truncatingIfNeeded: bits >> UInt64(8 * place))) }
        let words: InlineArray<4, UInt32> = [a, b, c, d]
        return InlineArray { place in UInt8(truncatingIfNeeded: words[place / 4] >> UInt32(place % 4 * 8)) }
    }

    private mutating func compress() {
        var (a, b, c, d) = (self.a, self.b, self.c, self.d)
        for step in 0..<64 {
            let mixed: UInt32
            let word: Int
            switch step / 16 {
            case 0: (mixed, word) = (b & c | ~b & d, step)
            case 1: (mixed, word) = (d & b | ~d & c, (5 * step + 1) % 16)
            case 2: (mixed, word) = (b ^ c ^ d, (3 * step + 5) % 16)
            default: (mixed, word) = (c ^ (b | ~d), 7 * step % 16)
            }
            let sum = a &+ mixed &+ block[word] &+ Self.sines[step]
            let shift = Self.shifts[step / 16 * 4 + step % 4]
            (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
        }
        self.a &+= a
        self.b &+= b
        self.c &+= c
        self.d &+= d
    }

    /// How far each step of a round rotates, four a round.
    private static let shifts: InlineArray<16, UInt32> = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

    /// The whole part of 2³² times the absolute sine of 1 to 64.
    private static let sines: InlineArray<64, UInt32> = [
        0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
        0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
        0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
        0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
        0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
        0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
        0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
        0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
    ]
}
