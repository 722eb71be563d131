import Foundation
import JSONDocument
import Testing
import VRRP

/// One advert of a real router, with what is known about it.
struct CapturedVector: Sendable, CustomTestStringConvertible {
    let name: String
    let version: ProtocolVersion
    let family: AddressFamily
    let datagram: Datagram
    let message: [UInt8]
    let frame: [UInt8]
    let expectation: String
    let checksumValidAs: [String]
    let decoded: Decoded
    let sourceMAC: MACAddress
    let destinationMAC: MACAddress

    /// The fields of the message.
    struct Decoded: Sendable {
        let type: UInt8
        let virtualRouterID: UInt8
        let priority: UInt8
        let addressCount: Int
        let intervalCentiseconds: Int
        let authenticationType: UInt8
        let authenticationData: [UInt8]?
        let checksum: UInt16
        let addresses: [IPAddress]
    }

    var testDescription: String { name }

    /// Whether the message stood behind an authentication header.
    var needsAuthenticationHeader: Bool { expectation == "ok:needs-ah" }

    /// All vectors, in the order of the file.
    static func all() throws -> [CapturedVector] {
        try JSONReader(FixtureFile.parse("vrrp-vectors.json")).elements().map(CapturedVector.init)
    }

    private init(_ reader: JSONReader) throws {
        name = try reader.member("name").string()
        version = try #require(ProtocolVersion(rawValue: reader.member("version").integer()))
        family = try reader.member("family").oneOf(["ipv4": .ipv4, "ipv6": .ipv6])
        datagram = Datagram(
            source: try reader.member("src").address(), destination: try reader.member("dst").address(),
            hopLimit: try reader.member("ttl").integer())
        message = octets(try reader.member("hex").string())
        frame = octets(try reader.member("frame").string())
        expectation = try reader.member("expect").string()
        checksumValidAs = try reader.member("checksum_valid_as").elements().map { try $0.string() }
        decoded = try Decoded(reader.member("decoded"))
        sourceMAC = try reader.member("smac").string(as: "a MAC address") { MACAddress($0) }
        destinationMAC = try reader.member("dmac").string(as: "a MAC address") { MACAddress($0) }
    }

    /// The authentication of the message: the password that it carries, or the key that it was captured with.
    var authentication: Authentication {
        if needsAuthenticationHeader {
            return SimpleTextPassword("s3cret").map { .authenticationHeader(key: $0) } ?? .none
        }
        guard decoded.authenticationType == 1, let data = decoded.authenticationData,
            let password = SimpleTextPassword(String(decoding: data.prefix { $0 != 0 }, as: UTF8.self))
        else { return .none }
        return .simpleText(password)
    }

    /// What a sender of this advert is configured with.
    func contents() throws -> AdvertisementContents {
        AdvertisementContents(
            version: version, family: family,
            virtualRouterID: try #require(VirtualRouterID(rawValue: decoded.virtualRouterID)),
            interval: try #require(AdvertisementInterval(centiseconds: decoded.intervalCentiseconds)),
            addresses: decoded.addresses, authentication: authentication)
    }

    /// The rules of a receiver that is configured like the sender, and strictly.
    func rules() throws -> ReceptionRules {
        let contents = try contents()
        var rules = ReceptionRules(
            version: version, family: family, interval: contents.interval, authentication: authentication,
            addresses: decoded.addresses)
        rules.addressListMismatch = .discard
        if datagram.destination != family.vrrpGroup {
            rules.destination = datagram.destination
            rules.peers = [.init(address: datagram.source, minimumHopLimit: 255)]
        }
        return rules
    }
}

extension CapturedVector.Decoded {
    fileprivate init(_ reader: JSONReader) throws {
        type = try reader.member("type").integer()
        virtualRouterID = try reader.member("vrid").integer()
        priority = try reader.member("priority").integer()
        addressCount = try reader.member("count").integer()
        if let seconds = try reader.optionalMember("adver_int_s") {
            intervalCentiseconds = try seconds.integer(in: 0...255) * 100
        } else {
            intervalCentiseconds = try reader.member("max_adver_int_cs").integer()
        }
        authenticationType = try reader.optionalMember("auth_type")?.integer() ?? 0
        authenticationData = try reader.optionalMember("auth_data").map { octets(try $0.string()) }
        checksum = try #require(UInt16(reader.member("checksum").string(), radix: 16))
        addresses = try reader.member("addresses").elements().map { try $0.address() }
    }
}

extension JSONReader {
    fileprivate func address() throws -> IPAddress { try string(as: "an IP address") { IPAddress($0) } }
}
