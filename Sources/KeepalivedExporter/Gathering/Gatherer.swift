public import EngineMetrics
import ControlProtocol
import Glibc
import VRRP

/// Gathers what the daemon on this machine says: from its dump files, else from its control socket.
///
/// It blocks for some seconds at most.
public struct Gatherer: Sendable {
    /// Whether keepalived.json comes before the two text files.
    let prefersJSON: Bool
    /// The socket of vrrpd.
    let controlSocket: String
    /// Where the daemon leaves its files.
    let directory: String

    /// Gathers as the command line says.
    public init(_ options: ExporterOptions) {
        prefersJSON = options.prefersJSON
        controlSocket = options.controlSocket
        let variable = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        directory = variable.isEmpty ? "/tmp" : variable
    }

    /// The instances at this moment.
    ///
    /// - Throws: why the files could not be had, when the socket could not be asked either.
    public func instances() throws(GatherError) -> [InstanceRecord] {
        do throws(GatherError) { return try dumped() } catch {
            guard let instances = try? fromSocket() else { throw error }
            return instances
        }
    }

    /// The text files also say that there is no instance; of JSON keepalived then writes no file.
    private func dumped() throws(GatherError) -> [InstanceRecord] {
        let daemon = try DaemonProcess.find()
        var request = DumpRequest(directory: directory)
        guard prefersJSON else { return try request.text(from: daemon) }
        request.patience = .seconds(1)
        do throws(GatherError) { return try request.json(from: daemon) } catch {
            if case .refused = error { throw error }
            return try request.text(from: daemon)
        }
    }

    private func fromSocket() throws(ControlClientError) -> [InstanceRecord] {
        var client = try ControlClient(path: controlSocket)
        try client.send(.status)
        guard case .status(let status) = try client.nextAnswer(timeout: .seconds(2)) else { throw .closed }
        return status.virtualRouters.map(InstanceRecord.init)
    }
}
