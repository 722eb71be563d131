import ArgumentParser
import ManifestFolder

/// Where manifests are that stand in for a cluster.
struct FolderOptions: ParsableArguments {
    @Option(help: "A folder of manifests: KeepalivedGroups, Services and Nodes, the same on every host.")
    var manifests: String?

    @Option(
        name: .customLong("router-ids"),
        help: "The file that keeps router identifiers (default: router-ids.json in the folder of manifests)")
    var routerIDs: String?

    /// The folder; nil where none is named.
    func folder(writesRecord: Bool = true, waitsUntilWhole: Bool = true) -> ManifestFolder? {
        manifests.map { path in
            ManifestFolder(
                path, recordPath: routerIDs, writesRecord: writesRecord, waitsUntilWhole: waitsUntilWhole)
        }
    }
}
