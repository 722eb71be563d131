import ClusterObjects
import JSONDocument
public import KubernetesAPI

/// What takes out of the specification of a virtual router what somebody else has put into it: a merge patch.
///
/// Server-side apply leaves the fields of others as they are, and agents would act on them.
public struct RouterSpecPatch: Codable, Hashable, Sendable {
    /// The patch.
    public let body: AnyJSON

    /// The patch that is to follow an apply; nil where the apply has done all that is wanted.
    ///
    /// - Parameters:
    ///   - answer: The object as the apply has left it. Somebody who is faster than the patch makes it a conflict.
    ///   - wanted: What was applied.
    public init?(after answer: VirtualRouter, _ wanted: VirtualRouter) throws {
        guard !answer.spec.means(wanted.spec),
            case .object(let present)? = try DynamicObject(answer)["spec"],
            case .object(let spec)? = try DynamicObject(wanted)["spec"]
        else { return nil }
        var patch: JSONObject = ["spec": .object(present.mergePatch(to: spec))]
        if let version = answer.metadata.resourceVersion { patch["metadata"] = ["resourceVersion": .string(version)] }
        body = AnyJSON(.object(patch))
    }

    /// Carried as its body.
    public init(from decoder: any Decoder) throws { body = try AnyJSON(from: decoder) }

    /// Carried as its body.
    public func encode(to encoder: any Encoder) throws { try body.encode(to: encoder) }
}
