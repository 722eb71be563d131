import JSONDocument
import KubernetesAPI
public import VIPPlanning
import VRRP

/// The groups that were deleted, as a text that outlives the operator: a JSON array, in which fields have the names that they
/// have in a KeepalivedGroup.
public enum DepartedGroupsRecord {
    /// The most octets of a text. A ConfigMap takes a mebibyte with all that is around it.
    static let longestText = 768 << 10

    /// The text of groups; of too many for one text the last ones.
    public static func text(of groups: [DepartedGroup]) -> String {
        var texts: [String] = []
        var count = 2
        for group in groups.reversed() {
            let text = JSONValue.object(object(of: group)).text()
            count += text.utf8.count + 1
            guard count <= longestText else { break }
            texts.append(text)
        }
        return "[\(texts.reversed().joined(separator: ","))]"
    }

    /// The groups of a text. Members that this version does not know are passed over.
    ///
    /// - Throws: what is wrong with it, a sentence: somebody has edited it.
    public static func groups(in text: String) throws -> [DepartedGroup] {
        let limits = JSONLimits(bytes: longestText, depth: 4)
        return try JSONReader(JSONNode.parse(text, limits: limits)).elements(group)
    }

    private static func group(_ reader: JSONReader) throws(JSONFieldError) -> DepartedGroup {
        var fields = try reader.fields()
        let name = try fields.optional("interface")?.string()
        let address = try fields.optional("interfaceFromIP")?.string()
        let interface: InterfaceChoice
        switch InterfaceChoice.reading(name, towards: address) {
        case .success(let choice): interface = choice
        case .failure(let problem): throw reader.error("names no interface: \(problem)")
        }
        let nodes = try fields.required("nodes").elements { (node) throws(JSONFieldError) in try node.string() }
        var quarantine: [VirtualRouterID: Int64] = [:]
        for (number, end) in try fields.required("quarantinedRouterIDs").members() {
            guard let identifier = UInt8(number).flatMap(VirtualRouterID.init(rawValue:)) else {
                throw end.error("belongs to no identifier; its name must be a number from 1 to 255")
            }
            quarantine[identifier] = try end.string(as: "a time of the form 2026-01-31T09:30:00Z") { Timestamp($0) }
                .seconds
        }
        return DepartedGroup(interface: interface, nodes: Set(nodes), quarantine: quarantine)
    }

    private static func object(of group: DepartedGroup) -> JSONObject {
        var object = JSONObject()
        switch group.interface {
        case .named(let name): object["interface"] = .string(name)
        case .towards(let address): object["interfaceFromIP"] = .string(address.description)
        }
        object["nodes"] = .array(group.nodes.sorted().map(JSONValue.string))
        var quarantine = JSONObject()
        for (identifier, end) in group.quarantine.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            quarantine[String(identifier.rawValue)] = .string(Timestamp(seconds: end).description)
        }
        object["quarantinedRouterIDs"] = .object(quarantine)
        return object
    }
}
