import VRRP

/// What became of a packet.
enum Verdict: Hashable, Sendable {
    case accepted(ReceivedAdvertisement)
    case discarded(DiscardReason)

    /// Takes an Ethernet frame through the whole receive path: IP header, then the checks of the virtual router.
    static func of(frame: [UInt8], under rules: ReceptionRules) -> Verdict {
        guard let packet = IPPacket(ethernet: frame.span) else { return .discarded(.ipHeader) }
        let start = AdvertisementTemplate.ethernetHeaderLength
        var sequence = AuthenticationSequence()
        do throws(DiscardReason) {
            return .accepted(
                try rules.check(
                    frame.span.extracting(packet.message), packet.datagram,
                    in: frame.span.extracting(start..<packet.message.upperBound), &sequence))
        } catch {
            return .discarded(error)
        }
    }

    /// Takes a message and its envelope through the checks of the virtual router.
    static func of(_ message: Span<UInt8>, _ datagram: Datagram, under rules: ReceptionRules) -> Verdict {
        do throws(DiscardReason) {
            return .accepted(try rules.check(message, datagram))
        } catch {
            return .discarded(error)
        }
    }

    /// The advert, nil where it was discarded.
    var advertisement: ReceivedAdvertisement? {
        if case .accepted(let advertisement) = self { advertisement } else { nil }
    }

    /// The reason, nil where it was accepted.
    var reason: DiscardReason? {
        if case .discarded(let reason) = self { reason } else { nil }
    }
}
