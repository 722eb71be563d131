import ArgumentParser
import ClusterObjects
import ControlProtocol
import Foundation
import KubernetesAPI
import KubernetesClient
import Logging

/// `kubectl virtualips`: who holds each address of the cluster.
@main struct VirtualIPs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kubectl-virtualips",
        abstract: "Show which node holds each address of the cluster's Services.",
        discussion: """
            Reads the VirtualRouters that the operator writes and the agents report on. kubectl finds this program as \
            `kubectl virtualips`. Exit status: 0 where every address is held, 1 where something is wrong or is not there, \
            2 where the cluster cannot be asked.
            """,
        version: programVersion)

    @Argument(help: "Only these addresses, nodes or Services (namespace/name).")
    var only: [String] = []

    @Option(name: .shortAndLong, help: "Only groups in this namespace (default: all)")
    var namespace: String?

    @Option(name: .shortAndLong, help: "How to print.")
    var output = Output.table

    @Option(help: "The kubeconfig (default: that of the environment)")
    var kubeconfig: String?

    @Option(help: "The context of the kubeconfig (default: the current one)")
    var context: String?

    /// The ways to print.
    enum Output: String, ExpressibleByArgument, CaseIterable {
        case table, wide, json
    }

    func run() async throws {
        let routers: [VirtualRouter]
        do {
            let configuration = try ClientConfiguration.load(kubeconfig: kubeconfig, context: context)
            var logger = Logger(label: "virtualips")
            logger.logLevel = .critical
            routers = try await APIClient.withClient(configuration, logger: logger) { client in
                try await client.list(
                    namespace.map { VirtualRouter.inside($0) } ?? VirtualRouter.everywhere
                ).items
            }
        } catch {
            complain(sentence(of: error))
            throw ExitCode(2)
        }
        let all = AddressOverview(routers).rows
        let rows = all.filter { row in only.isEmpty || only.contains { row.is($0) } }
        print(try text(rows), terminator: "")
        let unknown = only.filter { name in !all.contains { $0.is(name) } }
        if !unknown.isEmpty {
            complain(
                "there is no \(unknown.joined(separator: ", ")) among addresses, their nodes and Services (namespace/name); "
                    + "without arguments all are shown")
        }
        if !unknown.isEmpty || rows.contains(where: { !$0.problems.isEmpty }) { throw ExitCode(1) }
    }

    private func complain(_ sentence: String) {
        FileHandle.standardError.write(Data("virtualips: \(sentence)\n".utf8))
    }

    /// What is wrong, and what to do about it where that can be told.
    private func sentence(of error: any Error) -> String {
        let sentence = ClientError.sentence(of: error)
        switch error {
        case ConfigurationError.unreadableFile: return "\(sentence); --kubeconfig or KUBECONFIG names another one"
        case let error as ClientError where error.isNotFound:
            return
                "\(sentence); the cluster has no VirtualRouters, which come with the operator and its custom resources"
        default: return sentence
        }
    }

    private func text(_ rows: [AddressOverview.Row]) throws -> String {
        if output == .json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(rows), as: UTF8.self) + "\n"
        }
        guard !rows.isEmpty else {
            return only.isEmpty ? "There are no virtual routers\(namespace.map { " in namespace \($0)" } ?? "").\n" : ""
        }
        return AddressTable(rows, isWide: output == .wide, now: Timestamp(seconds: Int64(Date().timeIntervalSince1970)))
            .lines(isColoured: Terminal.takesColours, columns: Terminal.size?.columns).map { $0 + "\n" }.joined()
    }
}

extension AddressOverview.Row {
    /// Whether it is the address, the Service or the active node of this name.
    fileprivate func `is`(_ name: String) -> Bool { name == address || name == service || name == activeNode }
}

/// The table of addresses, problems last.
private struct AddressTable {
    private var table: TextTable
    private var notes: [String] = []

    init(_ rows: [AddressOverview.Row], isWide: Bool, now: Timestamp) {
        let always = ["ADDRESS", "SERVICE", "ACTIVE", "SINCE", "NEXT"]
        table = TextTable(headings: isWide ? always + ["GROUP", "VRID", "VERSION", "MOVES"] : always)
        for row in rows {
            var cells: [TextTable.Cell] = [
                "\(row.address)", "\(row.service)",
                TextTable.Cell(row.activeNode ?? "nobody", paint: row.problems.isEmpty ? .good : .bad),
                "\(row.activeSince.map { Self.age($0, now) } ?? "-")", "\(row.nextNode ?? "-")",
            ]
            if isWide {
                cells += [
                    "\(row.group)", "\(String(row.virtualRouterID))", "\(String(row.version))",
                    "\(String(row.transitions))",
                ]
            }
            table.add(cells)
            notes += row.problems.map { "\(row.address): \($0)" }
        }
    }

    func lines(isColoured: Bool, columns: Int?) -> [String] {
        table.lines(isColoured: isColoured, columns: columns) + (notes.isEmpty ? [] : [""] + notes)
    }

    /// How long ago, in the largest unit of which there are two.
    private static func age(_ moment: Timestamp, _ now: Timestamp) -> String {
        let seconds = max(0, now.seconds - moment.seconds)
        return switch seconds {
        case ..<120: "\(seconds)s"
        case ..<7200: "\(seconds / 60)m"
        case ..<172_800: "\(seconds / 3600)h"
        default: "\(seconds / 86_400)d"
        }
    }
}
