import Foundation
import FoundationNetworking
import Glibc
import JSONDocument
import NetworkLab

/// A Prometheus of the test's own on loopback, with the rules of the project and without their patience.
struct PrometheusProcess {
    private let process: Process
    private let folder: TemporaryFolder
    private let port: Int

    /// Starts it, to ask these ports each second.
    init(scraping targets: [UInt16]) throws {
        folder = try TemporaryFolder()
        port = try LoopbackPort.free()
        for file in ["alerts.yaml", "recording-rules.yaml"] {
            let text = try Repository.text("deploy/observability/\(file)")
            try folder.write(
                file,
                text.replacing(#/\n +for: [0-9a-z]+/#, with: "").replacing(#/\n +interval: [0-9a-z]+/#, with: ""))
        }
        let list = targets.map { "\"127.0.0.1:\($0)\"" }.joined(separator: ",")
        try folder.write(
            "prometheus.yaml",
            """
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 500ms}
            rule_files: [alerts.yaml, recording-rules.yaml]
            scrape_configs:
              - job_name: vrrp
                static_configs: [{targets: [\(list)]}]

            """)
        process = Process()
        process.executableURL = URL(fileURLWithPath: Tool.prometheus.path)
        process.arguments = [
            "--config.file=\(folder.url("prometheus.yaml").path)", "--storage.tsdb.path=\(folder.url("data").path)",
            "--web.listen-address=127.0.0.1:\(port)", "--log.level=warn",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        folder.remove()
    }

    /// The values of an expression with their labels; nil while Prometheus does not answer.
    func query(_ expression: String) async -> [(labels: [String: String], value: String)]? {
        guard let result = try? await get("query", ["query": expression]),
            let items = try? result.member("result").elements()
        else { return nil }
        return try? items.map { item in
            let labels = try item.member("metric").members().map { ($0.name, try $0.value.string()) }
            return (Dictionary(uniqueKeysWithValues: labels), try item.member("value").elements()[1].string())
        }
    }

    /// The labels of each alert that fires, by the name of the alert.
    func firingAlerts() async -> [String: [[String: String]]] {
        guard let result = try? await get("alerts", [:]), let items = try? result.member("alerts").elements() else {
            return [:]
        }
        var alerts: [String: [[String: String]]] = [:]
        for item in items where (try? item.member("state").string()) == "firing" {
            guard let members = try? item.member("labels").members() else { continue }
            let labels = Dictionary(uniqueKeysWithValues: members.map { ($0.name, (try? $0.value.string()) ?? "") })
            alerts[labels["alertname"] ?? "", default: []].append(labels)
        }
        return alerts
    }

    private func get(_ path: String, _ parameters: [String: String]) async throws -> JSONReader {
        var components = URLComponents()
        components.scheme = "http"
        components.host = "127.0.0.1"
        components.port = Int(port)
        components.path = "/api/v1/\(path)"
        components.queryItems = parameters.map { URLQueryItem(name: $0.key, value: $0.value) }
        components.percentEncodedQuery = components.percentEncodedQuery?.replacing("+", with: "%2B")
        let (data, _) = try await URLSession.shared.data(from: components.url!)
        return try JSONReader(JSONNode.parse(Array(data))).member("data")
    }
}
