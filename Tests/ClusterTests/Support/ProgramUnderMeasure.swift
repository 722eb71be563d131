import AsyncHTTPClient
import Foundation
import KubernetesClient
import NIOCore
import enum NetworkLab.LoopbackPort
import Testing

/// A vrrp-operator that runs as a program, and what it says of itself.
struct ProgramUnderMeasure {
    static let path = ProcessInfo.processInfo.environment["OPERATOR_COST_PROGRAM"]

    private let program: Program
    private let address: String
    private let start = ContinuousClock.now

    init(_ plane: ControlPlane) async throws {
        let kubeconfig = plane.folder.appending(path: "operator.kubeconfig")
        try plane.kubeconfig(token: "robot-token").write(to: kubeconfig, atomically: true, encoding: .utf8)
        address = "127.0.0.1:\(try LoopbackPort.free())"
        program = try Program(
            try #require(Self.path),
            [
                "--kubeconfig", kubeconfig.path, "--metrics-bind-address", address, "--health-probe-bind-address", "0",
                "--image", "example/vrrp:1",
            ], log: plane.folder.appending(path: "operator.log"))
    }

    func metrics() async throws -> ScrapedMetrics {
        let request = HTTPClientRequest(url: "http://\(address)/metrics")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return ScrapedMetrics(String(buffer: try await response.body.collect(upTo: 16 << 20)))
    }

    /// How long after its start a condition held for the first time.
    func waiting(_ condition: (ScrapedMetrics) throws -> Bool) async throws -> Duration {
        var obstacle: (any Error)?
        while start.duration(to: .now) < .seconds(600) {
            do {
                if try condition(await metrics()) { return start.duration(to: .now) }
                obstacle = nil
            } catch {
                // It does not answer yet, or has nothing to say of what is asked for.
                obstacle = error
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        let reason = obstacle.map { ": \($0)" } ?? ""
        throw Program.Failure(description: "the operator did not get there within ten minutes\(reason)")
    }

    /// What it says when it has written nothing for a while.
    func settled() async throws -> ScrapedMetrics {
        var last = try await metrics()
        while true {
            try await Task.sleep(for: .seconds(5))
            let next = try await metrics()
            if try next.writes == last.writes && next.sum("vrrp_operator_queue_depth") == 0 { return next }
            last = next
        }
    }

    func stop() { program.kill() }
}

/// Metrics as a server wrote them.
struct ScrapedMetrics {
    private let lines: [Substring]

    init(_ text: String) { lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") } }

    /// The sum of the series of a family that have some labels among theirs; a family that is not there is an error.
    func sum(_ name: String, _ labels: [String: String] = [:]) throws -> Double {
        let family = series(of: name)
        guard !family.isEmpty else { throw Program.Failure(description: "there is no metric \(name)") }
        let wanted = labels.map { "\($0.key)=\"\($0.value)\"" }
        return total(
            of: family.filter { line in wanted.allSatisfy { line.contains("{\($0)") || line.contains(",\($0)") } })
    }

    /// How often was written, successfully or not. There is no such family before the first time, so 0 says something only where
    /// another operator has had it.
    var writes: Double { total(of: series(of: "vrrp_operator_writes_total")) }

    private func series(of name: String) -> [Substring] {
        lines.filter { $0.hasPrefix(name) && ["{", " "].contains($0.dropFirst(name.count).first) }
    }

    private func total(of series: [Substring]) -> Double {
        series.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0, +)
    }
}
