import ArgumentParser
import ControlProtocol
import VRRP

/// What the receiver of the packet is configured with.
struct ReceiverOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Its version.", valueName: "2|3"), transform: { try readVersion($0) })
    var expectVersion: ProtocolVersion?

    @Option(
        help: ArgumentHelp("Its virtual router identifier.", valueName: "number"), transform: { try readIdentifier($0) }
    )
    var expectVrid: VirtualRouterID?

    @Option(
        help: ArgumentHelp("Its interval, as in 1 or 0.25.", valueName: "seconds"), transform: { try readInterval($0) })
    var interval: AdvertisementInterval?

    @Option(
        help: ArgumentHelp(
            "Its VRRPv2 password, of which eight octets count; an empty one is no authentication.",
            valueName: "password"))
    var authPass: String?

    @Option(
        help: ArgumentHelp("Its addresses in wire order.", valueName: "a,b,…"),
        transform: { try $0.split(separator: ",", omittingEmptySubsequences: false).map { try readAddress($0) } })
    var addresses: [IPAddress] = []

    @Option(
        help: ArgumentHelp(
            "How adverts reach it; with unicast the packet's source is a peer, its destination the receiver.",
            valueName: choice(ReceiverTransport.self)),
        transform: { try readWord($0) })
    var transport: ReceiverTransport?

    @Option(
        help: ArgumentHelp(
            "The least TTL that a unicast peer may have; 255 for IPv4 and 64 for IPv6 by default.", valueName: "number")
    )
    var minimumTTL: UInt8?

    @Option(
        help: ArgumentHelp(
            "The checksums it accepts for VRRPv3 over IPv4.", valueName: choice(AcceptedChecksumForms.self)),
        transform: { try readWord($0) })
    var acceptedChecksums = AcceptedChecksumForms.both

    @Option(
        help: ArgumentHelp(
            "What it does about a list of addresses that differs.", valueName: choice(AddressListMismatch.self)),
        transform: { try readWord($0) })
    var addressListMismatch: AddressListMismatch?

    @Flag(help: "It accepts an IPv6 advert whose first address is not link-local.")
    var allowAnyFirstAddress = false

    func validate() throws {
        if let authPass, authPass.utf8.count > Authentication.longestPassword {
            writeError("warning: only the first \(Authentication.longestPassword) octets of --auth-pass count")
        }
    }

    var receiver: Receiver {
        var receiver = Receiver()
        receiver.version = expectVersion
        receiver.virtualRouterID = expectVrid
        receiver.interval = interval
        receiver.authentication = authPass.map { Authentication(password: $0) }
        receiver.addresses = addresses
        receiver.transport = transport
        receiver.minimumHopLimit = minimumTTL
        receiver.acceptedChecksums = acceptedChecksums
        receiver.addressListMismatch = addressListMismatch
        receiver.requiresLinkLocalFirst = !allowAnyFirstAddress
        return receiver
    }
}

private func readVersion(_ text: String) throws -> ProtocolVersion {
    guard let version = UInt8(text).flatMap(ProtocolVersion.init) else { throw ValidationError("allowed is 2 or 3") }
    return version
}

private func readIdentifier(_ text: String) throws -> VirtualRouterID {
    guard let id = UInt8(text).flatMap(VirtualRouterID.init) else { throw ValidationError("allowed is 1 to 255") }
    return id
}

private func readInterval(_ text: String) throws -> AdvertisementInterval {
    guard let interval = AdvertisementInterval(seconds: text) else {
        throw ValidationError("allowed is 0.01 to 255 seconds with at most two decimals")
    }
    return interval
}

private func readWord<Word: RawRepresentable & CaseIterable>(_ text: String) throws -> Word
where Word.RawValue == String {
    guard let word = Word(rawValue: text) else { throw ValidationError("allowed is \(choice(Word.self))") }
    return word
}

private func choice<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> String where Word.RawValue == String {
    Word.allCases.map(\.rawValue).joined(separator: "|")
}
