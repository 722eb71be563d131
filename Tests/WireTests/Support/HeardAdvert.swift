import NetworkLab
import VRRP

/// An advert as a tap saw it, read by the RFCs' figures without the daemon's codec.
struct HeardAdvert: Sendable {
    let time: Timestamp
    let packet: CapturedPacket
    /// The authentication header in front of the message (RFC 2402, section 2); nil where there is none.
    let authenticationHeader: [UInt8]?
    private let message: [UInt8]

    init?(_ frame: CapturedFrame) {
        guard let packet = frame.packet else { return nil }
        let hasHeader = packet.protocolNumber == 51 && packet.payload.first == 112
        guard frame.isVRRP || hasHeader, packet.payload.count >= (hasHeader ? 32 : 8) else { return nil }
        time = frame.time
        self.packet = packet
        authenticationHeader = hasHeader ? Array(packet.payload[..<24]) : nil
        message = hasHeader ? Array(packet.payload[24...]) : packet.payload
    }

    /// The number in the authentication header; nil where there is none.
    var sequenceNumber: UInt32? {
        authenticationHeader.map { header in header[8..<12].reduce(0) { $0 << 8 | UInt32($1) } }
    }

    var source: IPAddress { packet.source }
    var version: UInt8 { message[0] >> 4 }
    var id: Int { Int(message[1]) }
    /// 0 gives up.
    var priority: UInt8 { message[2] }
    /// VRRPv3's four reserved bits.
    var reservedBits: UInt8 { message[4] >> 4 }
    /// VRRPv2's interval in seconds.
    var intervalSeconds: UInt8 { message[5] }
}

extension PacketTap {
    /// The adverts heard after `position`, of one router or of all.
    func adverts(
        after position: Journal<CapturedFrame>.Position = .start, from source: IPAddress? = nil, id: Int = 77
    ) -> [HeardAdvert] {
        frames.entries(after: position).compactMap(HeardAdvert.init).filter { advert in
            advert.id == id && (source == nil || advert.source == source)
        }
    }

    /// Waits for the first advert after `position`, of one router or of any.
    func waitForAdvert(
        after position: Journal<CapturedFrame>.Position = .start, from source: IPAddress? = nil,
        priority: UInt8? = nil, id: Int = 77, within timeout: Duration = .seconds(15)
    ) async throws -> HeardAdvert {
        let match = await frames.first(after: position, within: timeout) { frame in
            guard let advert = HeardAdvert(frame) else { return false }
            return advert.id == id && (source ?? advert.source) == advert.source
                && (priority ?? advert.priority) == advert.priority
        }
        guard let match, let advert = HeardAdvert(match.entry) else {
            throw LabError.timedOut(
                waitingFor: "advert from \(source.map { "\($0)" } ?? "anybody")", within: timeout,
                context: recent(after: position))
        }
        return advert
    }

    /// Waits until `sources` and no other router have sent adverts, two or more each, for as long as `window`.
    ///
    /// Every router that is active sends adverts and no other one does: this finds out who is.
    func waitForActive(
        _ sources: IPAddress..., id: Int = 77, for window: Duration, within timeout: Duration = .seconds(15)
    ) async throws {
        let start = ContinuousClock.now
        let first = Timestamp.now
        while true {
            let now = Timestamp.now
            let heard = adverts(id: id).filter { now - $0.time < window && $0.priority > 0 }
            let counts = Dictionary(grouping: heard, by: \.source).mapValues(\.count)
            if now - first >= window, Set(counts.keys) == Set(sources), counts.values.allSatisfy({ $0 >= 2 }) { return }
            guard ContinuousClock.now - start < timeout else {
                throw LabError.timedOut(
                    waitingFor: "time of \(window) in which just \(sources) are active", within: timeout,
                    context: recent())
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func recent(after position: Journal<CapturedFrame>.Position = .start) -> String {
        frames.entries(after: position).compactMap(HeardAdvert.init).suffix(20).map { advert in
            "\(advert.time.nanoseconds / 1_000_000) ms: \(advert.source), id \(advert.id), priority \(advert.priority)"
        }.joined(separator: "\n")
    }
}
