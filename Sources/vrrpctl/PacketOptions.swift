import ArgumentParser
import ControlProtocol
import VRRP

/// The packet that `vrrpctl decode` is about: a frame, or a message with what its IP header said.
struct PacketOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("An Ethernet frame, with or without a VLAN tag.", valueName: "hex"),
        transform: { try HexOctets($0) })
    var frame: HexOctets?

    @Option(
        help: ArgumentHelp("A VRRP message: what follows the IP header.", valueName: "hex"),
        transform: { try HexOctets($0) })
    var message: HexOctets?

    @Option(
        help: ArgumentHelp("The source of the message.", valueName: "address"),
        transform: { try readAddress($0) })
    var src: IPAddress?

    @Option(
        help: ArgumentHelp(
            "The destination of the message; the group of the source's family if left out.", valueName: "address"),
        transform: { try readAddress($0) })
    var dst: IPAddress?

    @Option(help: ArgumentHelp("The TTL or hop limit of the message; 255 if left out.", valueName: "number"))
    var ttl: UInt8?

    enum Input {
        case frame([UInt8])
        case message([UInt8], Datagram)
    }

    func validate() throws { _ = try input() }

    /// What the options say, once they are known to fit together.
    func input() throws -> Input {
        switch (frame, message) {
        case (nil, nil): throw ValidationError("give the packet with --frame, or with --message and --src")
        case (.some, .some): throw ValidationError("give either --frame or --message")
        case (let frame?, nil):
            guard src == nil, dst == nil, ttl == nil else {
                throw ValidationError("--src, --dst and --ttl belong to --message; a frame has its own")
            }
            return .frame(frame.octets)
        case (nil, let message?):
            guard let src else { throw ValidationError("--message needs --src") }
            let destination = dst ?? src.family.vrrpGroup
            guard destination.family == src.family else {
                throw ValidationError("--src and --dst are not of the same family")
            }
            return .message(
                message.octets,
                Datagram(source: src, destination: destination, hopLimit: ttl ?? VRRPNumbers.hopLimit))
        }
    }
}

/// Reads an address of either family.
func readAddress(_ text: some StringProtocol) throws -> IPAddress {
    guard let address = IPAddress(text) else { throw ValidationError("\"\(text)\" is not an IP address") }
    return address
}
