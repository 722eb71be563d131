import JSONDocument
import VIPPlanning
import VRRP

/// Why a file is no record of identifiers.
public enum RouterIDRecordError: Error, Hashable {
    /// The file cannot be read; the reason in the words of the system.
    case unreadable(String)
    /// The text says something that it must not say; a sentence with line and column, without a full stop.
    case wrong(String)
}

extension RouterIDRecordError: CustomStringConvertible {
    /// One sentence without a full stop, to stand behind the name of the file.
    public var description: String {
        switch self {
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .wrong(let sentence): sentence
        }
    }
}

extension RouterIDRecord {
    /// The version of the format that is written, and the only one that is read.
    public static let formatVersion = 1
    /// The largest file that is read, in bytes: more entries than any network can use.
    static let longestFile = 1 << 20

    /// Reads a record.
    ///
    /// - Throws: the first thing that is wrong.
    public init(json bytes: [UInt8]) throws(RouterIDRecordError) {
        do {
            let node = try JSONNode.parse(bytes, limits: JSONLimits(bytes: Self.longestFile, depth: 4))
            groups = try JSONReader(node).object { (fields) throws(JSONFieldError) in
                let version: Int = try fields.required("version").integer(in: 1...Int.max)
                guard version == Self.formatVersion else {
                    throw fields.object.error("is of version \(version); allowed is \(Self.formatVersion)")
                }
                return try Self.groups(in: fields.required("groups"))
            }
        } catch let error as JSONSyntaxError {
            throw .wrong("\(error)")
        } catch let error as JSONFieldError {
            throw .wrong("\(error)")
        } catch {
            throw .wrong("\(error)")
        }
    }

    private static func groups(
        in reader: JSONReader
    ) throws(JSONFieldError) -> [ObjectName: [String: VirtualRouterID]] {
        var groups: [ObjectName: [String: VirtualRouterID]] = [:]
        for (name, value) in try reader.members() {
            guard let group = ObjectName(name) else {
                throw value.error("does not belong to a group; its name must be NAMESPACE/NAME")
            }
            var identifiers: [String: VirtualRouterID] = [:]
            for (key, entry) in try value.members() {
                let number: UInt8 = try entry.integer(in: 1...255)
                identifiers[key] = VirtualRouterID(rawValue: number)
            }
            groups[group] = identifiers
        }
        return groups
    }

    /// The text of the file: sorted, one entry a line, so that two of them can be compared and merged line by line.
    public var json: String {
        var object = JSONObject()
        for (group, identifiers) in groups.sorted(by: { $0.key < $1.key }) where !identifiers.isEmpty {
            var entries = JSONObject()
            for (key, identifier) in identifiers.sorted(by: { $0.key < $1.key }) {
                entries.appendDistinct(key, .integer(Int64(identifier.rawValue)))
            }
            object.appendDistinct(group.description, .object(entries))
        }
        let root: JSONObject = ["version": .integer(Int64(Self.formatVersion)), "groups": .object(object)]
        return JSONValue.object(root).text(pretty: true) + "\n"
    }
}
