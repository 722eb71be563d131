import ClusterObjects
import Foundation
import KubernetesAPI
import VIPPlanning

/// What a file of manifests holds: a pure function of its name and its bytes.
struct FileReading {
    /// The objects, in the order of the file.
    private(set) var objects: [PlacedObject] = []
    /// What keeps objects from being used.
    private(set) var problems: [ManifestProblem] = []
    /// What is not used, and need not be.
    private(set) var notes: [ManifestNote] = []
    /// Objects that are in the file, but cannot be used.
    private(set) var broken: Set<ObjectIdentity> = []
    /// Whether the file has an object of which it is not known which one it is.
    private(set) var hasNamelessObject = false

    private let file: String

    /// Reads a file.
    ///
    /// - Throws: what keeps the file as a whole from being read.
    init(_ bytes: [UInt8], of file: String, limits: ManifestLimits) throws(ManifestProblem) {
        self.file = file
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ManifestProblem(ManifestPlace(file), .notText)
        }
        do {
            if file.hasSuffix(".json") {
                read(try JSONText.document(in: text, limits: limits), document: 1)
            } else {
                for (number, root) in try YAMLText.documents(in: text, limits: limits) { read(root, document: number) }
            }
        } catch {
            throw ManifestProblem(ManifestPlace(file, document: error.document, line: error.line), error.reason)
        }
    }

    private mutating func read(_ root: ManifestNode, document: Int) {
        let place = ManifestPlace(file, document: document, line: root.line)
        guard root.members != nil else { return fail(place, .notAnObject) }
        guard let kind = text(root, "kind", place), let version = text(root, "apiVersion", place) else { return }
        if kind == "List", version == "v1" {
            guard case .list(let items)? = root["items"]?.content else {
                return fail(place, .missing(field: "items"))
            }
            for item in items { read(item, document: document) }
        } else if let kind = ObjectIdentity.Kind(rawValue: kind), kind.apiVersion == version {
            read(kind, root, place)
        } else if kind == KeepalivedGroup.resourceType.kind {
            let allowed = KeepalivedGroup.resourceType.apiVersion
            fail(
                ManifestPlace(file, document: document, line: root["apiVersion"]?.line),
                .field(FieldProblem("apiVersion", version, allowed: allowed)))
        } else {
            notes.append(ManifestNote(place, .kindNotUsed(String(kind.prefix(80)), apiVersion: version)))
        }
    }

    /// The text of a field that every object has; nil, with a problem, where it is none.
    private mutating func text(_ root: ManifestNode, _ field: String, _ place: ManifestPlace) -> String? {
        guard let node = root[field] else {
            fail(place, .missing(field: field))
            return nil
        }
        guard let text = node.text, !text.isEmpty else {
            fail(
                ManifestPlace(file, document: place.document, line: node.line),
                .field(FieldProblem(field, node.shortText, allowed: "a text")))
            return nil
        }
        return text
    }

    private mutating func read(_ kind: ObjectIdentity.Kind, _ root: ManifestNode, _ place: ManifestPlace) {
        guard let identity = identity(kind, root, place) else { return }
        var object = ManifestObjectReading(identity: identity, root: root, place: place)
        if let content = object.content() {
            objects.append(
                PlacedObject(identity: identity, place: place, content: content, remarks: object.remarks))
        } else {
            broken.insert(identity)
        }
        problems += object.problems
    }

    /// Which object a document is; nil, with a problem, where that cannot be told.
    private mutating func identity(
        _ kind: ObjectIdentity.Kind, _ root: ManifestNode, _ place: ManifestPlace
    ) -> ObjectIdentity? {
        let metadata = root["metadata"]
        guard let node = metadata?["name"] else {
            fail(place, .missing(field: "metadata.name"))
            return nil
        }
        let isName = kind == .service ? ObjectText.isLabel : ObjectText.isSubdomain
        guard let name = node.text, isName(name) else {
            let allowed = kind == .service ? ObjectText.allowedLabel : ObjectText.allowedSubdomain
            fail(place, node, "metadata.name", allowed)
            return nil
        }
        guard kind != .node else { return ObjectIdentity(kind, ObjectName("", name)) }
        // As kubectl does without another word.
        guard let node = metadata?["namespace"] else { return ObjectIdentity(kind, ObjectName("default", name)) }
        guard let namespace = node.text, ObjectText.isLabel(namespace) else {
            fail(place, node, "metadata.namespace", ObjectText.allowedLabel)
            return nil
        }
        return ObjectIdentity(kind, ObjectName(namespace, name))
    }

    private mutating func fail(_ place: ManifestPlace, _ node: ManifestNode, _ field: String, _ allowed: String) {
        fail(
            ManifestPlace(file, document: place.document, line: node.line),
            .field(FieldProblem(field, node.shortText, allowed: allowed)))
    }

    /// Notes a problem with an object that could be any.
    private mutating func fail(_ place: ManifestPlace, _ reason: ManifestProblem.Reason) {
        problems.append(ManifestProblem(place, reason))
        hasNamelessObject = true
    }
}

extension ObjectIdentity.Kind {
    /// The group and version that objects of the kind name.
    var apiVersion: String {
        switch self {
        case .keepalivedGroup: KeepalivedGroup.resourceType.apiVersion
        case .node: KubernetesAPI.Node.resourceType.apiVersion
        case .secret: Secret.resourceType.apiVersion
        case .service: KubernetesAPI.Service.resourceType.apiVersion
        }
    }
}
