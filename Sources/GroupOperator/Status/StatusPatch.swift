import JSONDocument
public import KubernetesAPI

/// What turns the status of a group into another one: a merge patch with what differs and nothing else.
///
/// No server-side apply: keys of `routerIDs` that keepalived-operator has set would stay for ever.
public struct StatusPatch: Codable, Hashable, Sendable {
    /// The patch.
    public let body: AnyJSON

    /// The patch between two states; nil where they are the same.
    ///
    /// - Parameter version: The version of the object that has the former status. Somebody who was faster makes the patch a
    ///   conflict, so that nothing is overwritten that was not seen.
    public init?(from old: KeepalivedGroup.Status?, to new: KeepalivedGroup.Status, version: String?) throws {
        guard old != new else { return nil }
        let old = try Self.object(old ?? KeepalivedGroup.Status())
        let new = try Self.object(new)
        let status = old.mergePatch(to: new)
        guard !status.isEmpty else { return nil }
        var patch: JSONObject = ["status": .object(status)]
        if let version { patch["metadata"] = ["resourceVersion": .string(version)] }
        body = AnyJSON(.object(patch))
    }

    /// The patch that gives the object of a virtual router, where it is of this version, the conditions that it has here.
    public init(conditionsOf router: VirtualRouter) throws {
        let conditions = try DynamicObject(router)["status", "conditions"] ?? .array([])
        var patch: JSONObject = ["status": ["conditions": conditions]]
        if let version = router.metadata.resourceVersion { patch["metadata"] = ["resourceVersion": .string(version)] }
        body = AnyJSON(.object(patch))
    }

    /// Carried as its body.
    public init(from decoder: any Decoder) throws { body = try AnyJSON(from: decoder) }

    /// Carried as its body.
    public func encode(to encoder: any Encoder) throws { try body.encode(to: encoder) }

    private static func object(_ status: KeepalivedGroup.Status) throws -> JSONObject {
        // By way of an object with a status, which is what can be turned into JSON.
        var group = KeepalivedGroup(metadata: ObjectMeta())
        group.status = status
        guard case .object(let object)? = try DynamicObject(group)["status"] else { return [:] }
        return object
    }
}
