import Testing
import VRRP

/// A packet, the rules that it meets and what must become of it.
struct ReceptionCase: Sendable, CustomTestStringConvertible {
    /// What must become of the packet.
    enum Expectation: Sendable {
        case accepted(ChecksumForm = .pseudoHeader, ReceptionWarnings = [])
        case discarded(DiscardReason)
    }

    let name: String
    let packet: SyntheticPacket
    let rules: ReceptionRules
    let expectation: Expectation

    init(_ name: String, _ packet: SyntheticPacket, _ rules: ReceptionRules, _ expectation: Expectation) {
        self.name = name
        self.packet = packet
        self.rules = rules
        self.expectation = expectation
    }

    var testDescription: String { name }

    /// What becomes of the frame in the receive path.
    var verdict: Verdict { Verdict.of(frame: packet.frame, under: rules) }

    /// What must become of it.
    var expected: Verdict {
        switch expectation {
        case .discarded(let reason): .discarded(reason)
        case .accepted(let form, let warnings):
            .accepted(
                ReceivedAdvertisement(
                    source: packet.source, priority: packet.priority, interval: packet.announcedInterval,
                    checksumForm: form, warnings: warnings))
        }
    }
}

extension SyntheticPacket {
    /// The interval that the packet announces; the default where it announces none that exists.
    fileprivate var announcedInterval: AdvertisementInterval {
        AdvertisementInterval(centiseconds: Int(interval) * (version == 2 ? 100 : 1)) ?? .default
    }
}
