import Foundation
import ManifestFolder
import Testing
import VIPPlanning
import VRRP

/// A folder of manifests on disk, and somebody who looks at it.
final class SampleFolder {
    let path: String
    private var folder: ManifestFolder
    /// What the folder came to last.
    private(set) var state = FolderState()

    /// An empty folder.
    init(limits: ManifestLimits = .standard) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "manifests-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        folder = ManifestFolder(path, limits: limits)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Starts anew, as another host with the same folder does.
    func forget(limits: ManifestLimits = .standard, waitsUntilWhole: Bool = true) {
        folder = ManifestFolder(path, waitsUntilWhole: waitsUntilWhole, limits: limits)
        state = FolderState()
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    func read(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    /// Looks once; whether anything was new.
    @discardableResult
    func look() -> Bool {
        guard let next = folder.look() else { return false }
        state = next
        return true
    }

    /// Looks until an edit counts.
    @discardableResult
    func settle() -> FolderState {
        for _ in 0..<3 { look() }
        return state
    }

    var isMissing: Bool { folder.isMissing }
    var plan: FolderPlan { get throws { try #require(state.plan) } }
    /// The addresses that are planned, in order.
    var addresses: [String] { state.plan?.routers.flatMap { $0.addresses.map(\.description) } ?? [] }
    /// The identifier of each Service's routers.
    var identifiers: [String: UInt8] {
        Dictionary(state.plan?.routers.map { ($0.key, $0.routerID.rawValue) } ?? []) { first, _ in first }
    }
    /// The problems as people read them.
    var problems: [String] { state.problems.map(\.description) }
    /// What the plan found, as people read it.
    var findings: [String] { state.plan?.findings.map { "\($0.finding.problem)" } ?? [] }
}

/// Manifests as people write them.
enum Manifest {
    static let nodes = (1...3).map { node("node\($0)", "10.0.0.\($0)") }.joined(separator: "---\n")

    static func node(_ name: String, _ address: String) -> String {
        """
        apiVersion: v1
        kind: Node
        metadata:
          name: \(name)
        status:
          addresses:
          - {type: InternalIP, address: \(address)}

        """
    }

    static func group(_ name: String = "edge", _ spec: String = "") -> String {
        """
        apiVersion: redhatcop.redhat.io/v1alpha1
        kind: KeepalivedGroup
        metadata:
          name: \(name)
          namespace: ingress
        spec:
          interface: eth0
        \(spec)

        """
    }

    static func service(
        _ name: String, _ address: String, group: String = "ingress/edge", _ spec: String = ""
    ) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: \(name)
          namespace: shop
          annotations:
            keepalived-operator.redhat-cop.io/keepalivedgroup: \(group)
        spec:
          type: LoadBalancer
          loadBalancerIP: \(address)
        \(spec)

        """
    }
}
