import VRRP

/// A place for one client of the control socket.
final class ControlClientSlot {
    private var client: ControlClient?
    private var interest = EventLoop.Interest.reading
    /// How many clients have had the place, the present one included.
    private(set) var clientCount: UInt64 = 0
    /// Whether the client is root's, or of the user of this process.
    private(set) var isPrivileged = false
    /// When the client was let in, or last said a whole request.
    private(set) var lastHeard = Instant.zero

    /// Whether there is a client.
    var isOccupied: Bool { client != nil }
    /// Whether the client gets what is broadcast.
    var isWatching: Bool { client?.isWatching ?? false }
    /// Whether a whole request of the client waits to be answered.
    var hasRequest: Bool { client?.hasRequest ?? false }
    /// Whether the client waits for nothing and nothing waits for it, other than the rest of a request.
    var isIdle: Bool { client?.isIdle ?? false }

    /// Gives the place to a client that is watched for reading.
    func occupy(_ newcomer: consuming ControlClient, isPrivileged: Bool, at now: Instant) {
        self.isPrivileged = isPrivileged
        lastHeard = now
        client = consume newcomer
        interest = .reading
        clientCount += 1
    }

    /// Serves the client, and closes it or has it watched for what it waits for now.
    func update(loop: borrowing EventLoop, number: UInt32, _ serve: (inout ControlClient) -> ControlClient.Fate) {
        guard let fate = client.update(serve) else { return }
        if !isIdle { lastHeard = MonotonicClock.now }
        guard fate == .stays, let current = client.interest else { return close(loop: loop) }
        guard current != interest else { return }
        interest = current
        guard let descriptor = client.descriptor else { return }
        do throws(SystemCallError) {
            try loop.change(descriptor, to: current, as: .controlClient(number))
        } catch {
            close(loop: loop)
        }
    }

    private func close(loop: borrowing EventLoop) {
        if let descriptor = client.descriptor {
            // A descriptor that cannot be taken out of the loop is out of it as soon as it is closed.
            try? loop.unwatch(descriptor)
        }
        client = nil
    }
}

extension Optional where Wrapped == ControlClient {
    fileprivate mutating func update(
        _ body: (inout ControlClient) -> ControlClient.Fate
    ) -> ControlClient.Fate? {
        guard var client = take() else { return nil }
        let fate = body(&client)
        self = consume client
        return fate
    }

    fileprivate var interest: EventLoop.Interest? {
        borrowing get {
            switch self {
            case .some(let client): client.interest
            case .none: nil
            }
        }
    }

    fileprivate var descriptor: Int32? {
        borrowing get {
            switch self {
            case .some(let client): client.fileDescriptor
            case .none: nil
            }
        }
    }
}
