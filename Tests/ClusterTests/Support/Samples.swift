import Foundation
import JSONDocument
import KubernetesAPI
import KubernetesClient

/// Objects that the tests write.
enum Samples {
    static let configMaps = ResourceType(group: "", version: "v1", kind: "ConfigMap", plural: "configmaps")
    static let deployments = ResourceType(group: "apps", version: "v1", kind: "Deployment", plural: "deployments")
    static let services = Service.resourceType
    static let customTypes = ResourceType(
        group: "apiextensions.k8s.io", version: "v1", kind: "CustomResourceDefinition",
        plural: "customresourcedefinitions", isNamespaced: false)

    static func configMap(_ name: String, _ namespace: String, _ data: [String: String] = [:]) -> DynamicObject {
        var object = DynamicObject(configMaps, metadata: ObjectMeta(name: name, namespace: namespace))
        for (key, value) in data { object["data", key] = .string(value) }
        return object
    }

    static func service(_ name: String, _ namespace: String, group: String? = nil) -> DynamicObject {
        var object = DynamicObject(services, metadata: ObjectMeta(name: name, namespace: namespace))
        object["spec"] = ["type": "LoadBalancer", "ports": [["port": 80, "protocol": "TCP"]]]
        if let group { object.metadata.annotations["group"] = group }
        return object
    }

    static func deployment(_ name: String, _ namespace: String) -> DynamicObject {
        var object = DynamicObject(deployments, metadata: ObjectMeta(name: name, namespace: namespace))
        object["spec"] = [
            "replicas": 1, "selector": ["matchLabels": ["app": "a"]],
            "template": [
                "metadata": ["labels": ["app": "a"]], "spec": ["containers": [["name": "c", "image": "example/c"]]],
            ],
        ]
        return object
    }

    /// Makes the server serve KeepalivedGroups with whatever fields, and waits until it does.
    static func serveGroups(_ client: APIClient) async throws {
        let type = KeepalivedGroup.resourceType
        var object = DynamicObject(customTypes, metadata: ObjectMeta(name: "\(type.plural).\(type.group)"))
        object["spec"] = [
            "group": .string(type.group), "scope": "Namespaced",
            "names": ["kind": .string(type.kind), "plural": .string(type.plural), "singular": "keepalivedgroup"],
            "versions": [
                [
                    "name": .string(type.version), "served": true, "storage": true, "subresources": ["status": [:]],
                    "schema": ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]],
                ]
            ],
        ]
        _ = try await client.apply(object, in: customTypes.objects(), as: tester)
        while try await !client.serves(type) { try await Task.sleep(for: .milliseconds(50)) }
        // What is announced is not yet served everywhere.
        while (try? await client.page(of: KeepalivedGroup.everywhere)) == nil {
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// Waits until something is so; false when it is not within the time.
func eventually(
    within timeout: Duration = .seconds(60), _ condition: @Sendable () async throws -> Bool
) async throws -> Bool {
    let end = ContinuousClock.now + timeout
    while ContinuousClock.now < end {
        do {
            if try await condition() { return true }
        } catch let error as ClientError where error.isNotFound {
            // What is not there yet may come.
        }
        try await Task.sleep(for: .milliseconds(20))
    }
    return false
}
