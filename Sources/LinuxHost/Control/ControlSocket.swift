import CLinux
import Glibc

/// Answers requests, each a line, of clients that connect to a socket in the file system.
///
/// What the lines mean is up to who answers them. Nothing here waits for a client: one that does not read its answers is
/// not heard any more, a watcher that falls behind is dropped, and each turn answers one request of each client.
struct ControlSocket: ~Copyable {
    /// The most clients at once; one more is let in and closed.
    static let longestClientList = 16

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
            guard let number = clients.firstIndex(where: { !$0.isOccupied }) else { continue }
            try loop.watch(connection.rawValue, as: .controlClient(UInt32(number)))
            clients[number].occupy(ControlClient(owning: connection))
        }
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

    /// Answers the oldest request of each client.
    borrowing func answerRequests(
        loop: borrowing EventLoop, _ answer: (ControlConnection, ArraySlice<UInt8>) -> ClientAnswer
    ) {
        for (number, slot) in clients.enumerated() where slot.isOccupied {
            let connection = ControlConnection(slot: UInt32(number), ordinal: slot.clientCount)
            slot.update(loop: loop, number: UInt32(number)) { client in client.answerNext { answer(connection, $0) } }
        }
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
