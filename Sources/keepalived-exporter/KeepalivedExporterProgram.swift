import ControlProtocol
import Glibc
import KeepalivedExporter
import Logging
import ProgramLog
import StatusServer

/// The exporter that keepalived-operator starts beside keepalived.
@main
enum KeepalivedExporterProgram {
    static func main() async {
        let options: ExporterOptions
        let paths: StatusPaths
        do {
            options = try ExporterOptions(Array(CommandLine.arguments.dropFirst()))
            paths = try StatusPaths(metrics: options.telemetryPath)
        } catch {
            StandardError.write("\(error)\n\(ExporterOptions.usage)")
            exit(2)
        }
        if options.showsUsage { return StandardError.write(ExporterOptions.usage) }
        if options.showsVersion { return print("keepalived_exporter \(programVersion)") }
        // As the first process of a container it would otherwise not be ended by them.
        endAtSignals()
        var logger = Logger(label: "keepalived_exporter") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(options.logLevel)
        let collector = Collector(Gatherer(options), logger)
        let server = StatusServer(
            address: options.listenAddress, paths: paths,
            content: StatusServer.Content(metrics: { await collector.families() }, hasProcessMetrics: false),
            logger: logger)
        do { try await server.run() } catch {
            logger.error("\(error)")
            exit(1)
        }
    }
}

private func endAtSignals() {
    for number in [SIGTERM, SIGINT] { signal(number) { _ in _exit(0) } }
}
