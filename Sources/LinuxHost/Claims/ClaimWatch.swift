import CLinux
import Glibc
import Synchronization
import VRRP

/// Listens on a thread of its own for others who claim addresses of this node: a link may carry thousands of ARP packets a
/// second that concern nobody here, and the engine's thread has no time for them.
final class ClaimWatch: Sendable {
    /// How long claims are gathered before they are told. What a link carries beyond ``packetsAtOnce`` in this time waits in the
    /// kernel, and is lost when it does not end.
    private static let gatheringTime: UInt32 = 10_000
    private static let packetsAtOnce = 256
    /// How many different claims wait at most until they are fetched.
    private static let mostSightings = 256

    private struct Orders {
        /// The addresses that matter from now on; nil where nothing is new.
        var addresses: Set<IPAddress>?
        var hasEnded = false
    }

    private let orders = Mutex(Orders())
    /// What was heard and how often.
    private let news = Mutex<[ClaimSocket.Sighting: UInt64]>([:])
    /// Rings when there are orders.
    private let call: Bell
    /// Rings when there is news.
    private let bell: Bell

    /// Starts the thread; no address matters yet.
    init(ringing bell: Bell) throws(SystemCallError) {
        self.bell = bell
        call = try Bell()
        let (ipv4, ipv6) = (try ClaimSocket(.ipv4), try Self.ipv6Socket())
        try BackgroundThread.start { [self] in run(ipv4, ipv6) }
    }

    /// None where the kernel has no IPv6, and so no neighbours to hear.
    private static func ipv6Socket() throws(SystemCallError) -> ClaimSocket? {
        do throws(SystemCallError) {
            return try ClaimSocket(.ipv6)
        } catch {
            guard error.errorNumber == EAFNOSUPPORT else { throw error }
            return nil
        }
    }

    /// Listens for these addresses and no others.
    func follow(_ addresses: Set<IPAddress>) {
        orders.withLock { $0.addresses = addresses }
        call.ring()
    }

    /// Ends the thread.
    func stop() {
        orders.withLock { $0.hasEnded = true }
        call.ring()
    }

    /// What was heard since the last time, and how often.
    func takeNews() -> [ClaimSocket.Sighting: UInt64] {
        news.withLock { news in
            defer { news.removeAll() }
            return news
        }
    }

    private func tell(_ sightings: [ClaimSocket.Sighting: UInt64]) {
        guard !sightings.isEmpty else { return }
        news.withLock { news in
            for (sighting, count) in sightings where news[sighting] != nil || news.count < Self.mostSightings {
                news[sighting, default: 0] += count
            }
        }
        bell.ring()
    }

    /// What the thread does.
    private func run(_ ipv4: ClaimSocket, _ ipv6: ClaimSocket?) {
        var addresses: Set<IPAddress> = []
        while true {
            wait(for: [call.fileDescriptor, ipv4.fileDescriptor] + [ipv6?.fileDescriptor].compactMap(\.self))
            call.silence()
            let orders = orders.withLock { orders in
                defer { orders.addresses = nil }
                return orders
            }
            if orders.hasEnded { return }
            if let new = orders.addresses { addresses = new }
            var sightings: [ClaimSocket.Sighting: UInt64] = [:]
            let note = { (sighting: ClaimSocket.Sighting) in
                guard addresses.contains(sighting.claim.address) else { return }
                if sightings[sighting] != nil || sightings.count < Self.mostSightings {
                    sightings[sighting, default: 0] += 1
                }
            }
            // What cannot be read now is tried again with the next packet.
            try? ipv4.drain(limit: Self.packetsAtOnce, note)
            try? ipv6?.drain(limit: Self.packetsAtOnce, note)
            tell(sightings)
            usleep(Self.gatheringTime)
        }
    }

    private func wait(for descriptors: [Int32]) {
        var waiting = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = retrying { poll(&waiting, nfds_t(waiting.count), -1) }
    }
}
