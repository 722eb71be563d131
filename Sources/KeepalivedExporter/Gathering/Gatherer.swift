public import ControlProtocol
public import EngineMetrics
import Glibc
import VRRP

/// What the daemon has said.
public enum Gathered: Sendable, Equatable {
    /// vrrpd, over its control socket: everything.
    case status(NodeStatus)
    /// keepalived, or a vrrpd whose control socket is out of reach, in its dump files; with why the socket did not answer, nil
    /// where none is to be asked.
    case dumps(KeepalivedReport, insteadOf: ControlClientError? = nil)
}

/// Gathers what the daemon on this machine says: from vrrpd's control socket, else from dump files.
///
/// It blocks for some seconds at most.
public struct Gatherer: Sendable {
    /// Whether keepalived.json comes before the two text files.
    let prefersJSON: Bool
    /// The socket of vrrpd; empty where nobody is to be asked.
    let controlSocket: String
    /// The file with the number of the daemon; nil where it is looked for by its name.
    let pidFile: String?
    /// Where the daemon leaves its files.
    let directory: String

    /// Gathers as the command line says.
    public init(_ options: ExporterOptions) {
        prefersJSON = options.prefersJSON
        controlSocket = options.controlSocket
        pidFile = options.pidFile
        let variable = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        directory = variable.isEmpty ? "/tmp" : variable
    }

    /// What there is at this moment.
    ///
    /// - Throws: why the files could not be had, and the socket could not be asked.
    public func gather() throws(GatherError) -> Gathered {
        var silence: ControlClientError?
        do throws(ControlClientError) {
            if let status = try status() { return .status(status) }
        } catch {
            silence = error
        }
        do throws(GatherError) {
            return .dumps(try dumped(), insteadOf: silence)
        } catch {
            guard let silence else { throw error }
            throw .neither(socket: silence, files: error)
        }
    }

    /// The text files also say that there is no instance; of JSON keepalived then writes no file.
    private func dumped() throws(GatherError) -> KeepalivedReport {
        let daemon: DaemonProcess
        if let pidFile { daemon = try .named(inFile: pidFile) } else { daemon = try .find() }
        var request = DumpRequest(directory: directory)
        guard prefersJSON else { return try request.text(from: daemon) }
        request.patience = .seconds(1)
        do throws(GatherError) { return try request.json(from: daemon) } catch {
            if case .refused = error { throw error }
            return try request.text(from: daemon)
        }
    }

    private func status() throws(ControlClientError) -> NodeStatus? {
        guard !controlSocket.isEmpty else { return nil }
        var client = try ControlClient(path: controlSocket)
        return try client.status(brief: true, timeout: .seconds(5))
    }
}
