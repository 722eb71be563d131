import Foundation
import NetworkLab
import class NetworkLab.Host

/// The pod of keepalived-operator's DaemonSet on one node: its volumes, and its containers with their exact commands.
struct OperatorPod {
    let pod: Pod
    let host: Host
    /// The ConfigMap: a directory whose files are links into another one, which is replaced as a whole.
    private let configuration: String
    private let destination: String
    private let pidDirectory: String
    private let stats: String
    private let reachableAddress: String

    init(on host: Host, reachableAddress: String = "") async throws {
        pod = try await Pod.start(on: host)
        self.host = host
        self.reachableAddress = reachableAddress
        configuration = try pod.volume("config")
        destination = try pod.volume("config-dst")
        pidDirectory = try pod.volume("pid")
        stats = try pod.volume("stats")
    }

    /// Writes the ConfigMap as kubelet does.
    func writeConfigMap(_ text: String) throws {
        let files = FileManager.default
        let version = "..\(UUID().uuidString)"
        try files.createDirectory(atPath: "\(configuration)/\(version)", withIntermediateDirectories: true)
        try text.write(
            toFile: "\(configuration)/\(version)/keepalived.conf", atomically: false, encoding: .utf8)
        try files.createSymbolicLink(atPath: "\(configuration)/..data_tmp", withDestinationPath: version)
        guard rename("\(configuration)/..data_tmp", "\(configuration)/..data") == 0 else {
            throw LabError.systemCall(name: "rename", subject: "..data", error: errno)
        }
        try? files.createSymbolicLink(
            atPath: "\(configuration)/keepalived.conf", withDestinationPath: "..data/keepalived.conf")
    }

    /// What keepalived reads.
    var broughtConfiguration: String {
        get throws { try String(contentsOfFile: "\(destination)/keepalived.conf", encoding: .utf8) }
    }

    /// The number in the pid file, as the pod counts processes.
    var keepalivedProcess: String? {
        try? String(contentsOfFile: "\(pidDirectory)/keepalived.pid", encoding: .utf8)
    }

    /// Writes the pid file in keepalived's place.
    func writePidFile(_ text: String) throws {
        try text.write(toFile: "\(pidDirectory)/keepalived.pid", atomically: true, encoding: .utf8)
    }

    /// The init container `config-setup`.
    func setUp() async throws {
        try await pod.run(
            ["bash", "-c", "/usr/local/bin/notify.sh"], volumes: notifyVolumes,
            environment: notifyEnvironment + ["create_config_only=true"])
    }

    /// The container `config-reloader`.
    func startReloader() async throws -> LabProcess {
        try await pod.start(
            ["bash", "-c", "/usr/local/bin/notify.sh"],
            volumes: notifyVolumes + ["\(pidDirectory):/etc/keepalived.pid"],
            environment: notifyEnvironment + ["pid=/etc/keepalived.pid/keepalived.pid", "create_config_only=false"])
    }

    /// The container `keepalived`.
    ///
    /// - Parameter volumes: further ones.
    func startKeepalived(volumes: [String] = []) async throws -> LabProcess {
        let arguments = [
            "--log-console", "--log-detail", "--dont-fork", "--config-id=${POD_NAME}",
            "--use-file=/etc/keepalived.d/keepalived.conf", "--pid=/etc/keepalived.pid/keepalived.pid",
        ]
        return try await pod.start(
            ["/bin/bash", "-c", "exec /usr/sbin/keepalived " + arguments.joined(separator: " ")],
            volumes: [
                "\(destination):/etc/keepalived.d:ro", "\(pidDirectory):/etc/keepalived.pid", "\(stats):/tmp",
            ] + volumes,
            environment: ["POD_NAME=keepalivedgroup-abcde"])
    }

    /// The container `prometheus-exporter`.
    func startExporter(_ privileges: Pod.Privileges) async throws -> LabProcess {
        try await pod.start(
            ["/usr/local/bin/keepalived_exporter", "-web.listen-address", ":9650", "-web.telemetry-path", "/metrics"],
            volumes: ["\(stats):/tmp"], privileges)
    }

    /// The lines of a scrape, fetched by the image's curl.
    func scrape(_ path: String = "/metrics", port: Int = 9650) async throws -> [String] {
        try await pod.run([
            "curl", "--silent", "--fail", "--retry", "10", "--retry-connrefused", "--retry-delay", "1",
            "http://127.0.0.1:\(port)\(path)",
        ]).split(separator: "\n").map(String.init)
    }

    private var notifyVolumes: [String] {
        ["\(configuration):/etc/keepalived.d/src:ro", "\(destination):/etc/keepalived.d/dst"]
    }

    private var notifyEnvironment: [String] {
        [
            "file=/etc/keepalived.d/src/keepalived.conf", "dst_file=/etc/keepalived.d/dst/keepalived.conf",
            "reachip=\(reachableAddress)",
        ]
    }
}
