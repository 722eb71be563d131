import ClusterObjects
import Foundation
import JSONDocument
import KubernetesAPI
import VIPPlanning

/// Reads one object of a document, of which it is known which one it is.
struct ManifestObjectReading {
    let identity: ObjectIdentity
    let root: ManifestNode
    let place: ManifestPlace
    private(set) var problems: [ManifestProblem] = []
    private(set) var remarks: [String] = []

    init(identity: ObjectIdentity, root: ManifestNode, place: ManifestPlace) {
        self.identity = identity
        self.root = root
        self.place = place
    }

    /// The object as the planner knows it; nil, with problems, where it cannot be used.
    mutating func content() -> PlacedObject.Content? {
        switch identity.kind {
        case .service: decode(KubernetesAPI.Service.self).map { .service(service($0)) }
        case .node: decode(KubernetesAPI.Node.self).map { .node(node($0)) }
        case .keepalivedGroup: decode(KeepalivedGroup.self).flatMap { group($0) }
        case .secret: decode(SecretManifest.self).map { .secret($0.values) }
        }
    }

    private mutating func decode<Object: Decodable>(_ type: Object.Type) -> Object? {
        do {
            return try JSONDecoder().decode(type, from: Data(root.value.text().utf8))
        } catch {
            let (reason, line) = root.problem(of: error, isSecret: identity.kind == .secret)
            problems.append(ManifestProblem(ManifestPlace(place.file, document: place.document, line: line), reason))
            return nil
        }
    }

    private mutating func service(_ object: KubernetesAPI.Service) -> VIPPlanning.Service {
        var object = object.withWantedAddresses()
        object.metadata.namespace = identity.name.namespace
        if object.metadata.annotations[ContractNames.groupAnnotation] != nil {
            let annotation = object.metadata.annotations[ContractNames.verbatimAnnotation]
            remarks += ServiceOptions(annotation).refusals.map { "\(ContractNames.verbatimAnnotation): \($0)" }
        }
        return VIPPlanning.Service(object)
    }

    private mutating func node(_ object: KubernetesAPI.Node) -> VIPPlanning.Node { VIPPlanning.Node(object) }

    private mutating func group(_ object: KeepalivedGroup) -> PlacedObject.Content? {
        var object = object
        object.metadata.namespace = identity.name.namespace
        do {
            let group = try AddressGroup(object)
            remarks += unknownFields().map { "\($0) is no field of a KeepalivedGroup, and has no effect" }
            let options = GroupOptions(object.spec?.verbatimConfig ?? [:])
            remarks += options.refusals.map { "spec.verbatimConfig: \($0)" }
            return .group(group, routerIDs: RouterIDLedger(object.status))
        } catch {
            for problem in error.problems {
                let line = root.descendant(at: FieldPath(problem.field).steps[...]).line
                problems.append(
                    ManifestProblem(
                        ManifestPlace(place.file, document: place.document, line: line), .field(problem)))
            }
            return nil
        }
    }

    private func unknownFields() -> [String] {
        // The fields have the names of the properties that they are decoded into.
        let known = Set(Mirror(reflecting: KeepalivedGroup.Spec()).children.compactMap(\.label))
        return (root["spec"]?.members ?? []).map(\.name).filter { !known.contains($0) }
            .map { "spec.\($0.prefix(80))" }
    }
}

/// A Secret as people write it: with values in Base64, or as they are.
private struct SecretManifest: Decodable {
    var data: [String: Data]?
    var stringData: [String: String]?

    var values: [String: Password] {
        (data ?? [:]).mapValues { Password(Array($0)) }
            .merging((stringData ?? [:]).mapValues { Password(Array($0.utf8)) }) { _, plain in plain }
    }
}
