import Foundation
import JSONDocument
import Testing
import VRRP

/// A captured advert of Tests/Fixtures/vrrp-vectors.json.
struct WireVector: Sendable, CustomTestStringConvertible {
    var name: String
    var message: String
    var frame: String
    var datagram: Datagram
    var expectation: String
    var checksumForms: Set<String>
    var decoded: JSONObject

    var testDescription: String { name }

    var isMulticast: Bool { datagram.destination.isMulticast }

    static let all: [WireVector] = {
        var folder = URL(fileURLWithPath: #filePath)
        var file: URL
        repeat {
            folder.deleteLastPathComponent()
            file = folder.appendingPathComponent("Fixtures/vrrp-vectors.json")
        } while !FileManager.default.fileExists(atPath: file.path) && folder.path != "/"
        guard let data = try? Data(contentsOf: file), let root = try? JSONNode.parse(Array(data)),
            let vectors = try? JSONReader(root).elements(WireVector.init)
        else { fatalError("Tests/Fixtures/vrrp-vectors.json cannot be read") }
        return vectors
    }()

    private init(_ reader: JSONReader) throws(JSONFieldError) {
        name = try reader.member("name").string()
        message = try reader.member("hex").string()
        frame = try reader.member("frame").string()
        datagram = Datagram(
            source: try reader.member("src").string(as: "an address") { IPAddress($0) },
            destination: try reader.member("dst").string(as: "an address") { IPAddress($0) },
            hopLimit: try reader.member("ttl").integer())
        expectation = try reader.member("expect").string()
        checksumForms = Set(
            try reader.member("checksum_valid_as").elements { (reader) throws(JSONFieldError) in try reader.string() })
        guard case .object(let object) = try reader.member("decoded").node.value else {
            throw reader.error(allowed: "an object with \"decoded\"")
        }
        decoded = object
    }
}
