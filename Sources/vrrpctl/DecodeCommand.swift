import ArgumentParser
import ControlProtocol
import JSONDocument
import VRRP

/// `vrrpctl decode`.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Shows what a receiver makes of one packet, without a vrrpd.",
        discussion: """
            Prints one JSON object: the fields, the form of the checksum (pseudo-header, message-only, none), the verdict \
            (accept or drop), the reason (null, or the counter that rises) and warnings. The exit status is 0 for either \
            verdict.

            What the receiver is configured with and no option says is taken from the packet: a packet to a single \
            address is judged as a unicast router would, unless --transport multicast is given.
            """)

    @OptionGroup(title: "The packet") var packet: PacketOptions
    @OptionGroup(title: "The receiver") var receiver: ReceiverOptions

    @Flag(help: "Print the object on one line.")
    var compact = false

    func run() throws {
        let receiver = receiver.receiver
        let verdict: PacketVerdict
        switch try packet.input() {
        case .frame(let frame): verdict = PacketVerdict(frame: frame, receiver: receiver)
        case .message(let message, let datagram):
            verdict = PacketVerdict(message: message, datagram: datagram, receiver: receiver)
        }
        print(verdict.json.text(pretty: !compact))
    }
}
