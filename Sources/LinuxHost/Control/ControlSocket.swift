import CLinux
import Glibc
import VRRP

/// Answers requests, each a line, of clients that connect to a socket in the file system.
///
/// What the lines mean is up to who answers them. Nothing here waits for a client: one that does not read its answers is
/// not heard any more, a watcher that falls behind is dropped, each turn answers one request of each client at most, and who
/// says nothing makes room for others.
struct ControlSocket: ~Copyable {
    /// The most clients at once; one more is let in and closed, unless another one makes room.
    static let longestClientList = 16
    /// How many of these places are kept for the user of this process and for root, whoever else has the rest.
    static let keptPlaces = 4
    /// How long a client that neither asks nor watches keeps its place although others want it.
    static let shortestStay = Nanoseconds.seconds(2)

    private let listener: ControlListener
    private var clients: [ControlClientSlot] = []
    private let scratch: UnsafeMutableRawBufferPointer

    /// Makes the socket at `path` and watches it.
    ///
    /// - Parameter group: The number of the group whose members may connect; nil for the group of the process.
    init(path: String, group: UInt32? = nil, loop: borrowing EventLoop) throws(SystemCallError) {
        let listener = try ControlListener(path: path, group: group)
        try loop.watch(listener.fileDescriptor, as: .controlListener)
        self.listener = listener
        scratch = .allocate(byteCount: ControlClient.longestRequest, alignment: 16)
        for _ in 0..<Self.longestClientList { clients.append(ControlClientSlot()) }
    }

    deinit { scratch.deallocate() }

    /// The number of clients.
    var clientCount: Int { clients.count { $0.isOccupied } }

    /// Whether a client has put a request that was not answered for want of a turn.
    var hasRequests: Bool { clients.contains { $0.hasRequest } }

    /// Lets clients in that wait.
    borrowing func acceptClients(loop: borrowing EventLoop) throws(SystemCallError) {
        for _ in 0..<Self.longestClientList {
            guard let connection = try listener.accept() else { return }
            let isPrivileged = Self.isPrivileged(connection.rawValue)
            guard let number = placeForNewcomer(isPrivileged: isPrivileged, loop: loop) else { continue }
            try loop.watch(connection.rawValue, as: .controlClient(UInt32(number)))
            clients[number].occupy(
                ControlClient(owning: connection), isPrivileged: isPrivileged, at: MonotonicClock.now)
        }
    }

    /// Whether the other end is root's, or of the user that this process has.
    private static func isPrivileged(_ descriptor: Int32) -> Bool {
        // What the C library calls ucred: process, user and group.
        var credentials: (pid_t, uid_t, gid_t) = (0, .max, .max)
        var length = socklen_t(MemoryLayout.size(ofValue: credentials))
        let outcome = retrying { getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) }
        return outcome.result == 0 && (credentials.1 == 0 || credentials.1 == geteuid())
    }

    /// A free place, if need be that of the client which has been idle for the longest time; nil where there is none.
    private borrowing func placeForNewcomer(isPrivileged: Bool, loop: borrowing EventLoop) -> Int? {
        let free = clients.firstIndex { !$0.isOccupied }
        let guests = clients.count { $0.isOccupied && !$0.isPrivileged }
        if let free, isPrivileged || guests < Self.longestClientList - Self.keptPlaces { return free }
        let latest = MonotonicClock.now - Self.shortestStay
        let idle = clients.indices.filter { place in
            let slot = clients[place]
            // A place of the privileged is not for guests.
            return slot.isIdle && slot.lastHeard <= latest && (isPrivileged || !slot.isPrivileged)
        }
        guard let number = idle.min(by: { clients[$0].lastHeard < clients[$1].lastHeard }) else { return nil }
        clients[number].update(loop: loop, number: UInt32(number)) { _ in .ends }
        return number
    }

    /// Reads from and writes to a client that is ready.
    borrowing func serve(client number: UInt32, _ event: EventLoop.Event, loop: borrowing EventLoop) {
        guard clients.indices.contains(Int(number)) else { return }
        clients[Int(number)].update(loop: loop, number: number) { client in
            if event.isWritable, client.send() == .ends { return .ends }
            if event.isReadable, client.read(into: scratch) == .ends { return .ends }
            // What it asked before it hung up is done; there is nobody to tell.
            return event.isBroken && !client.hasRequest ? .ends : .stays
        }
    }

    /// Answers the oldest request of each client, for as long as there is time, and one in any case.
    ///
    /// - Parameters:
    ///   - first: The place of the client that comes first.
    ///   - hasTime: Whether there is time for another request.
    /// - Returns: The place of the client that comes first the next time, so that each has its turn.
    borrowing func answerRequests(
        from first: Int = 0, loop: borrowing EventLoop, while hasTime: () -> Bool = { true },
        _ answer: (ControlConnection, ArraySlice<UInt8>) -> ClientAnswer
    ) -> Int {
        var hasAnswered = false
        for offset in clients.indices {
            let number = (first + offset) % clients.count
            let slot = clients[number]
            guard slot.isOccupied else { continue }
            if slot.hasRequest {
                if hasAnswered, !hasTime() { return number }
                hasAnswered = true
            }
            let connection = ControlConnection(slot: UInt32(number), ordinal: slot.clientCount)
            slot.update(loop: loop, number: UInt32(number)) { client in client.answerNext { answer(connection, $0) } }
        }
        return first
    }

    /// Sends the answer that a client waits for; nothing happens where it has gone.
    borrowing func answer(_ connection: ControlConnection, with octets: [UInt8], loop: borrowing EventLoop) {
        let slot = clients[Int(connection.slot)]
        guard slot.isOccupied, slot.clientCount == connection.ordinal else { return }
        slot.update(loop: loop, number: connection.slot) { $0.answerWaiting(octets) }
    }

    /// Sends octets to every client that watches.
    borrowing func broadcast(_ octets: [UInt8], loop: borrowing EventLoop) {
        for (number, slot) in clients.enumerated() where slot.isWatching {
            slot.update(loop: loop, number: UInt32(number)) { $0.broadcast(octets) }
        }
    }

    /// Closes the connections and removes the socket from the file system.
    borrowing func close(loop: borrowing EventLoop) {
        for (number, slot) in clients.enumerated() where slot.isOccupied {
            slot.update(loop: loop, number: UInt32(number)) { _ in .ends }
        }
        listener.removePath()
    }
}
