import CLinux
import Glibc
import Synchronization

/// Listens to an interface of the lab, and can put frames onto it.
///
/// Frames carry the kernel's own time stamp, so a busy test runner does not blur them. At most `capacity` old frames are
/// kept. The tap listens until it is closed or nobody refers to it any more.
public final class PacketTap: Sendable {
    /// How many frames a tap keeps for certain.
    public static let capacity = 65_536

    /// Everything that passed the interface and was kept.
    public let frames = Journal<CapturedFrame>(capacity: capacity)

    private let socket: OwnedDescriptor
    private let watch: DescriptorWatch
    private let cursor = Mutex(Journal<CapturedFrame>.Position.start)

    private init(_ socket: OwnedDescriptor, keeping keep: @escaping @Sendable (CapturedFrame) -> Bool) {
        self.socket = socket
        let frames = frames
        watch = DescriptorWatch(socket) {
            while let frame = FrameReader.next(from: socket.number) {
                if keep(frame) { frames.append(frame) }
            }
            return true
        }
    }

    static func open(
        _ interface: String, in namespace: NetworkNamespace, promiscuous: Bool,
        keeping keep: @escaping @Sendable (CapturedFrame) -> Bool
    ) async throws -> PacketTap {
        let socket = try await namespace.perform { try FrameReader.open(interface, promiscuous: promiscuous) }
        return PacketTap(socket, keeping: keep)
    }

    deinit { close() }

    /// Stops listening; what was heard stays.
    public func close() {
        watch.cancel()
        frames.finish()
    }

    /// Waits for the first frame that fits and came after the one that `next` returned before; the first call searches
    /// from the opening of the tap on.
    ///
    /// - Parameter what: the frame in words, for the error.
    /// - Throws: `LabError.timedOut`.
    @discardableResult
    public func next(
        _ what: String = "frame that fits", within timeout: Duration,
        where predicate: @escaping @Sendable (CapturedFrame) -> Bool
    ) async throws -> CapturedFrame {
        let position = cursor.withLock { $0 }
        guard let match = await frames.first(after: position, within: timeout, where: predicate) else {
            let heard = frames.entries(after: position).suffix(10).map(\.description).joined(separator: "\n")
            throw LabError.timedOut(waitingFor: what, within: timeout, context: heard)
        }
        cursor.withLock { $0 = max($0, match.next) }
        return match.entry
    }

    /// Lets `next` disregard what came before this moment.
    public func skipToNow() {
        let end = frames.end
        cursor.withLock { $0 = end }
    }

    /// The frames heard after `position` that fit.
    public func frames(
        after position: Journal<CapturedFrame>.Position = .start, where predicate: (CapturedFrame) -> Bool
    ) -> [CapturedFrame] {
        frames.entries(after: position).filter(predicate)
    }

    /// Sends a frame, from its destination address on, out of the interface as it is.
    public func inject(_ octets: [UInt8]) throws {
        try systemCall("send", "a frame of \(octets.count) octets") {
            send(socket.number, octets, octets.count, 0)
        }
    }

    /// How many frames the kernel had to drop since the last time this was asked; a test that counts frames checks it.
    public func droppedByKernel() throws -> Int {
        var statistics = tpacket_stats()
        var length = socklen_t(MemoryLayout<tpacket_stats>.size)
        try systemCall("getsockopt", "PACKET_STATISTICS") {
            getsockopt(socket.number, SOL_PACKET, PACKET_STATISTICS, &statistics, &length)
        }
        return Int(statistics.tp_drops)
    }
}
