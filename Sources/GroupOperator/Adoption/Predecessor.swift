import JSONDocument
public import KubernetesAPI

/// What keepalived-operator has left of a group, and how it makes way.
public enum Predecessor {
    /// Its containers.
    private static let containers: Set = ["keepalived", "config-reloader", "prometheus-exporter", "config-setup"]

    /// Whether pods are keepalived-operator's, as a whole or in part.
    public static func hasPieces(_ pods: DynamicObject) -> Bool {
        ["containers", "initContainers"].contains { list in
            guard case .array(let elements)? = pods["spec", "template", "spec", list] else { return false }
            return elements.contains { element in
                guard case .object(let container) = element, case .string(let name)? = container["name"] else {
                    return false
                }
                return containers.contains(name)
            }
        }
    }

    /// Whether the pods of a group need nothing any more that is keepalived-operator's: all of them are ours.
    ///
    /// Not when they are to be, for those that are still the old ones start anew when their node does.
    public static func isGone(_ pods: DynamicObject) -> Bool {
        guard !hasPieces(pods), let progress = NodePodsProgress(of: pods) else { return false }
        return progress.updated >= progress.wanted
    }

    /// The pods with a template of ours in the place of theirs; labels and annotations of others stay.
    ///
    /// An apply would leave its containers beside ours, for they are somebody else's fields. The selector cannot be changed,
    /// and need not be.
    static func replaced(_ pods: DynamicObject, by wanted: DynamicObject) -> DynamicObject {
        var result = pods
        let wanted = wanted.withoutDigest()
        result["spec", "template"] = wanted["spec", "template"]
        result["spec", "updateStrategy"] = wanted["spec", "updateStrategy"]
        var metadata = result.metadata
        metadata.labels.merge(wanted.metadata.labels) { _, own in own }
        metadata.annotations.merge(wanted.metadata.annotations) { _, own in own }
        metadata.ownerReferences = wanted.metadata.ownerReferences
        result.metadata = metadata
        return result
    }

    /// The entries of `metadata.managedFields` that are to stay, where some must go.
    ///
    /// What was replaced as a whole counts as set twice, by the replacement and by the apply after it; the fields of the
    /// former would stay when the latter no longer has them. Those of keepalived-operator would as well.
    ///
    /// - Returns: nil where nothing has to go.
    static func remainingManagers(of pods: DynamicObject) -> AnyJSON? {
        guard case .array(let entries)? = pods["metadata", "managedFields"] else { return nil }
        let isOurs = entries.contains { entry in
            entry.text("manager") == OperatorNames.fieldManager.name && entry.text("operation") == "Update"
        }
        guard isOurs else { return nil }
        return AnyJSON(.array(entries.filter { $0.text("operation") == "Apply" || $0.speaksOfStatus }))
    }
}

extension JSONValue {
    fileprivate func text(_ name: String) -> String? {
        guard case .object(let object) = self, case .string(let text)? = object[name] else { return nil }
        return text
    }

    /// Whether an entry is about the status; servers before 1.22 do not name the subresource.
    fileprivate var speaksOfStatus: Bool {
        guard case .object(let entry) = self, case .object(let fields)? = entry["fieldsV1"] else { return false }
        return fields["f:status"] != nil
    }
}
