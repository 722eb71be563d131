import ArgumentParser
import ControlProtocol
import Glibc

/// `vrrpctl capture`.
struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract: "Writes the last adverts of a virtual router to standard output, for tshark, Wireshark or tcpdump.",
        discussion: """
            Those before its last change of state are kept until the next one, as are the last ones since; at most 64 each, \
            fewer where there are hundreds of virtual routers. In a pcapng file each packet has a comment that says what \
            vrrpd made of it.
            """)

    @Argument(help: ArgumentHelp("The name of the virtual router.", valueName: "router"))
    var router: String

    @Option(help: "How the file is written; pcap has no comments.")
    var format = PacketFileFormat.pcapng

    @OptionGroup var controlSocket: ControlSocketOption

    func run() throws {
        guard isatty(STDOUT_FILENO) == 0 else {
            throw ValidationError("standard output is a terminal; write to a file with > FILE, or to a program with |")
        }
        var client = try ControlClient(path: controlSocket.path)
        let capture = try client.capture(ofRouter: router)
        let octets =
            switch format {
            case .pcapng: capture.packetFile
            case .pcap: capture.classicPacketFile
            }
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                writeError("standard output cannot be written: \(String(cString: strerror(errno)))")
                throw ExitCode.failure
            }
            rest = rest.dropFirst(count)
        }
    }
}

/// How a file of packets is written.
enum PacketFileFormat: String, ExpressibleByArgument, CaseIterable {
    case pcapng, pcap
}
