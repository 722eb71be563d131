import VRRP

/// Bounded streams of packets that no router may be impressed by; the same ones in every run.
enum HostilePackets {
    /// Case 104: random octets as messages of both families, of 0 to `longest` octets.
    static func random(_ count: Int, longest: Int = 1400, seed: UInt64) -> [[UInt8]] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { round in
            var message = generator.octets(0...longest)
            // Half of them aim at a router that is there, so that more than the first check is reached.
            if message.count > 1, Bool.random(using: &generator) {
                message[0] = 0x31
                message[1] = 77
            }
            let family: AddressFamily = round.isMultiple(of: 2) ? .ipv4 : .ipv6
            return envelope(family).frame(of: message, identification: UInt16(truncatingIfNeeded: round))
        }
    }

    /// Case 105: each advert that `messages` has, with each single bit of it flipped.
    static func bitFlips(_ vectors: [CapturedVectors.Vector]) -> [[UInt8]] {
        vectors.flatMap { vector in
            (0..<vector.message.count * 8).map { bit in
                var message = vector.message
                message[1] = 77
                message[bit / 8] ^= 0x80 >> (bit % 8)
                return envelope(vector.family).frame(of: message, identification: 0)
            }
        }
    }

    /// Case 106: every pairing of address counts and sizes, with a right checksum.
    static func lengthMatrix() -> [[UInt8]] {
        [0, 1, 2, 254, 255].flatMap { (count: UInt8) in
            (0...1040).map { size in
                let advert = ForgedAdvert(id: 77, addresses: []).with {
                    $0.addressCount = count
                    $0.trailer = [UInt8](repeating: 0, count: max(0, size - 8))
                    $0.length = size
                    // Where the length is right, the interval is not.
                    $0.maximumInterval = 0
                }
                return advert.frame()
            }
        }
    }

    /// Case 107: all versions with all types, except for the one pair that is an advert.
    static func versionsAndTypes() -> [[UInt8]] {
        (0..<16).flatMap { (version: UInt8) in
            (0..<16).compactMap { (type: UInt8) in
                guard version != 3 || type != 1 else { return nil }
                return ForgedAdvert(id: 77, addresses: standardAddresses).with {
                    $0.version = version
                    $0.type = type
                }.frame()
            }
        }
    }

    /// Case 108: headers that promise far more than follows, as the captures that made a dissector read too far.
    static func overreads() -> [[UInt8]] {
        [AddressFamily.ipv4, .ipv6].flatMap { family in
            [0x21, 0x31].flatMap { (first: UInt8) in
                (1...12).map { (length: Int) in
                    let message: [UInt8] = [first, 77, 200, 255, 1, 1, 0xff, 0xff, 192, 0, 2, 100]
                    return envelope(family).frame(of: Array(message.prefix(length)), identification: 0)
                }
            }
        }
    }

    /// Case 111: the captured frames as they are, again and again.
    static func replay(_ vectors: [CapturedVectors.Vector], rounds: Int) -> [[UInt8]] {
        (0..<rounds).flatMap { _ in vectors.map(\.frame) }
    }

    static let standardAddresses = RouterText.addresses(.ipv4).compactMap { IPAddress($0) }

    private static func envelope(_ family: AddressFamily) -> ForgedEnvelope {
        ForgedEnvelope(family, virtualRouterID: 77)
    }
}
