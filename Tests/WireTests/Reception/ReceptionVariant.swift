import JSONDocument
import Testing
import VRRP

/// One packet of section 5.5 of the conformance cases: what is sent to which kind of router, and what must come of it.
struct ReceptionVariant: Sendable, CustomTestStringConvertible {
    /// What must come of the packets.
    enum Expectation: Hashable, Sendable {
        /// Every one counts as valid; further counters rise with it.
        case accepted(also: Set<String> = [])
        /// The counter of the router rises with every one, and nothing else happens.
        case rejected(String)
        /// The counter of the interface rises with every one, because the packet is for no router that is there.
        case rejectedForNobody(String)
        /// The kernel keeps the packet to itself.
        case unheard
    }

    /// The router that hears the packets.
    enum Router: Sendable {
        case version3, version2, ipv6

        var family: AddressFamily { self == .ipv6 ? .ipv6 : .ipv4 }
    }

    /// How the packets travel.
    enum Delivery: Hashable, Sendable {
        case whole
        /// In fragments with this many octets of the message.
        case fragments(Int)
        /// To another interface of the node.
        case otherInterface
        /// To a virtual router that nobody has configured.
        case unknownRouter
    }

    /// The number of the case.
    let number: Int
    /// The packet in words.
    let name: String
    let router: Router
    /// What differs in the router's definition from the defaults.
    let definition: JSONObject
    let expectation: Expectation
    let delivery: Delivery
    /// What differs in the packet from a valid advert.
    let change: @Sendable (inout ForgedAdvert) -> Void

    init(
        _ number: Int, _ name: String, to router: Router = .version3, with definition: JSONObject = [:],
        by delivery: Delivery = .whole, _ expectation: Expectation,
        _ change: @escaping @Sendable (inout ForgedAdvert) -> Void = { _ in }
    ) {
        self.number = number
        self.name = name
        self.router = router
        self.definition = definition
        self.delivery = delivery
        self.expectation = expectation
        self.change = change
    }

    var testDescription: String { "case \(number), \(name)" }
}

extension ReceptionVariant.Expectation {
    static let accepted = Self.accepted()

    /// Whether the router hears adverts that keep it in Backup.
    var keepsBackup: Bool {
        if case .accepted = self { true } else { false }
    }
}
