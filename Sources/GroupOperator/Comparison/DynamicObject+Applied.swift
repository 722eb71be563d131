import JSONDocument
import KubernetesAPI

extension DynamicObject {
    /// The object with a digest of itself among its annotations.
    func withDigest() -> Self {
        var object = self
        object.metadata.annotations[OperatorNames.appliedAnnotation] = digest
        return object
    }

    /// The object without that digest.
    func withoutDigest() -> Self {
        var object = self
        object.metadata.annotations[OperatorNames.appliedAnnotation] = nil
        return object
    }

    /// FNV-1a with 64 bits over the text: it is to notice changes, not to withstand anybody.
    private var digest: String {
        let octets = JSONValue.object(content).sorted.text().utf8
        let hash = octets.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 36)
    }

    /// The account with the pull secrets of the one that is there as well, where it wants any: OpenShift adds its own to each,
    /// and a server takes such a list as a whole.
    func keepingPullSecrets(of present: DynamicObject) -> Self {
        guard case .array(let wanted)? = self["imagePullSecrets"],
            case .array(let others)? = present["imagePullSecrets"]
        else { return self }
        var object = self
        object["imagePullSecrets"] = .array(others + wanted.filter { !others.contains($0) })
        return object
    }

    /// Whether the object has all the fields of another one with their values, whatever it has besides.
    ///
    /// That is what server-side apply leaves behind: fields that others have set, and defaults of the server, do not count.
    /// Neither does the type, which objects have in a watch and do not have in a list.
    func contains(_ wanted: DynamicObject) -> Bool {
        var wanted = wanted.content
        wanted["apiVersion"] = nil
        wanted["kind"] = nil
        return JSONValue.object(content).contains(.object(wanted), as: nil)
    }
}

extension JSONValue {
    /// Lists whose elements have a name, by the member of the object that holds them, and what the elements are told
    /// apart by: in them, as the API server sees it, elements of others do not count.
    private static let keyedLists = [
        "containers": "name", "initContainers": "name", "volumes": "name", "env": "name", "ports": "name",
        "volumeMounts": "mountPath", "ownerReferences": "uid",
    ]

    /// - Parameter name: The member that holds the value.
    fileprivate func contains(_ wanted: JSONValue, as name: String?) -> Bool {
        switch (self, wanted) {
        case (.object(let own), .object(let wanted)):
            return wanted.allSatisfy { member in own[member.key]?.contains(member.value, as: member.key) ?? false }
        case (.array(let own), .array(let wanted)):
            guard let key = name.flatMap({ Self.keyedLists[$0] }) else {
                return own.count == wanted.count && zip(own, wanted).allSatisfy { $0.contains($1, as: nil) }
            }
            return wanted.allSatisfy { element in
                own.contains { $0.member(key) == element.member(key) && $0.contains(element, as: nil) }
            }
        default: return self == wanted
        }
    }

    private func member(_ name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// The value with the members of all objects in order, so that equal values have equal texts.
    fileprivate var sorted: JSONValue {
        switch self {
        case .object(let object):
            var result = JSONObject()
            for member in object.sorted(by: { $0.key < $1.key }) {
                result.appendDistinct(member.key, member.value.sorted)
            }
            return .object(result)
        case .array(let elements): return .array(elements.map(\.sorted))
        default: return self
        }
    }
}
