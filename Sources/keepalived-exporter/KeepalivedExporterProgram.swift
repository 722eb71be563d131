import ControlProtocol
import Glibc
import KeepalivedExporter
import Logging

/// The exporter that keepalived-operator starts beside keepalived.
@main
enum KeepalivedExporterProgram {
    static func main() {
        let options: ExporterOptions
        do { options = try ExporterOptions(Array(CommandLine.arguments.dropFirst())) } catch {
            writeToStandardError("\(error)\n\(ExporterOptions.usage)")
            exit(2)
        }
        if options.showsUsage { return writeToStandardError(ExporterOptions.usage) }
        if options.showsVersion { return print("keepalived_exporter \(programVersion)") }
        // As the first process of a container it would otherwise not be ended by them.
        endAtSignals()
        let logger = Logger(label: "keepalived_exporter") { StreamLogHandler.standardError(label: $0) }
        let site = Site(path: options.telemetryPath, collector: Collector(Gatherer(options), logger))
        do {
            let server = try WebServer(options.listenAddress, site)
            logger.notice("Listening on \(server.address), metrics under \(options.telemetryPath)")
            try server.run()
        } catch {
            logger.error("\(options.listenAddress) cannot be listened on: \(error)")
            exit(1)
        }
    }
}

private func endAtSignals() {
    for number in [SIGTERM, SIGINT] { signal(number) { _ in _exit(0) } }
}

private func writeToStandardError(_ text: String) {
    let octets = Array(text.utf8)
    _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
