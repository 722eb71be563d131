public import JSONDocument

/// `definitions.json`, the engine's native input: read whole or not at all, written back as it can be read.
///
/// `docs/definitions.md` describes the format field by field.
extension Definitions {
    /// The version of the format that this program reads and writes.
    static let formatVersion: Int64 = 1

    /// Reads definitions and checks them as ``validate()`` does.
    ///
    /// - Parameter bytes: UTF-8, at most 16 MiB.
    /// - Throws: The first thing that is wrong, with its line.
    public init(json bytes: [UInt8]) throws(DefinitionsJSONError) {
        let root: JSONNode
        do { root = try JSONNode.parse(bytes) } catch { throw .syntax(error) }
        do { self = try JSONReader(root).object(Definitions.init(fields:)) } catch { throw .field(error) }
        do { try validate() } catch { throw .rule(error, position: root.position(of: error)) }
    }

    /// The definitions as a JSON value; fields that have their default are left out.
    public var json: JSONValue {
        var root: JSONObject = ["version": .integer(Self.formatVersion)]
        root.add("generation", generation, unless: 0, JSONValue.integer)
        root["virtualRouters"] = .array(virtualRouters.map(\.json))
        root.add("node", node, unless: NodePolicy(), \.json)
        root.add("statics", statics, unless: StaticDefinitions(), \.json)
        root.add("syncGroups", syncGroups, unless: []) { .array($0.map(\.json)) }
        root.add("interfaceDelays", interfaceDelays, unless: []) { .array($0.map(\.json)) }
        return .object(root)
    }

    /// The text of a `definitions.json` that reads back as these definitions, with a line feed at its end.
    ///
    /// - Parameter pretty: One field a line; otherwise everything on one line.
    public func json(pretty: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        json.write(into: &bytes, pretty: pretty)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private init(fields: inout JSONFields) throws(JSONFieldError) {
        let version = try fields.required("version")
        guard case .integer(Self.formatVersion) = version.node.content else {
            throw version.error(allowed: "\(Self.formatVersion), the version of the format")
        }
        generation = try fields.optional("generation")?.integer(in: 0...Self.greatestGeneration) ?? 0
        virtualRouters = try fields.required("virtualRouters").objects(VirtualRouterDefinition.init(fields:))
        node = try fields.optional("node")?.object(NodePolicy.init(fields:)) ?? NodePolicy()
        statics = try fields.optional("statics")?.object(StaticDefinitions.init(fields:)) ?? statics
        syncGroups = try fields.optional("syncGroups")?.objects(SyncGroupDefinition.init(fields:)) ?? []
        interfaceDelays = try fields.optional("interfaceDelays")?.objects(InterfaceDelay.init(fields:)) ?? []
    }
}

extension JSONNode {
    /// Where the field stands that breaks a rule; its virtual router or group, where the field was left out.
    fileprivate func position(of error: DefinitionError) -> JSONPosition {
        var node = self
        guard let list = node.member(error.list.rawValue) else { return position }
        switch list.content {
        case .array(let elements) where elements.indices.contains(error.position): node = elements[error.position]
        case .object: node = list
        default: return position
        }
        for name in error.field.split(separator: ".") {
            guard let member = node.member(String(name)) else { break }
            node = member
        }
        return node.position
    }

    private func member(_ name: String) -> JSONNode? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.name == name }?.node
    }
}
