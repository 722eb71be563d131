import Foundation
import JSONDocument
import VRRP

/// The adverts of real routers in Tests/Fixtures, as frames.
enum CapturedVectors {
    /// A captured advert.
    struct Vector: Sendable {
        let family: AddressFamily
        let message: [UInt8]
        let frame: [UInt8]
    }

    /// All of them, in the order of the file.
    static func all() throws -> [Vector] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try Data(contentsOf: tests.appending(path: "Fixtures/vrrp-vectors.json"))
        return try JSONReader(JSONNode.parse(Array(text))).elements { (reader) throws(JSONFieldError) in
            Vector(
                family: try reader.member("family").oneOf(["ipv4": AddressFamily.ipv4, "ipv6": .ipv6]),
                message: try reader.member("hex").string(as: "octets in hexadecimal digits", octets),
                frame: try reader.member("frame").string(as: "octets in hexadecimal digits", octets))
        }
    }

    private static func octets(_ digits: String) -> [UInt8]? {
        let digits = Array(digits)
        let octets = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        return octets.count * 2 == digits.count ? octets : nil
    }
}
