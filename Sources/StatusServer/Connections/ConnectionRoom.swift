import Glibc
import NIOCore
import Synchronization

/// Keeps connections within a number, and lets everybody in all the same.
///
/// Where it is full, a newcomer takes the place of another connection: one of whoever has the most, the oldest of those
/// that wait for nothing. So many connections of one host leave room for the few of others, the kubelet's probes above all.
final class ConnectionRoom: Sendable {
    /// What names a connection in here.
    typealias Number = Int

    private struct Guest {
        var channel: any Channel
        var origin: ConnectionOrigin
        var isAnswered = false
    }

    private struct State {
        var guests: [Number: Guest] = [:]
        var next = 0
    }

    private let most: Int
    private let state = Mutex(State())

    /// Room for this many.
    init(_ most: Int) { self.most = most }

    /// Takes a connection in; another one may have to leave for it.
    func enter(_ channel: any Channel) -> Number {
        let origin = ConnectionOrigin(channel.remoteAddress)
        let (number, victim) = state.withLock { state in
            let victim = state.guests.count >= most ? Self.victim(among: state.guests) : nil
            let leaving = victim.flatMap { state.guests.removeValue(forKey: $0) }
            state.next += 1
            state.guests[state.next] = Guest(channel: channel, origin: origin)
            return (state.next, leaving?.channel)
        }
        victim?.close(promise: nil)
        return number
    }

    /// Says whether a request of the connection is being answered.
    func set(_ number: Number, isAnswered: Bool) {
        state.withLock { $0.guests[number]?.isAnswered = isAnswered }
    }

    /// The connection has ended.
    func leave(_ number: Number) { _ = state.withLock { $0.guests.removeValue(forKey: number) } }

    private static func victim(among guests: [Number: Guest]) -> Number? {
        let counts = guests.values.reduce(into: [:]) { counts, guest in counts[guest.origin, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        let candidates = guests.filter { counts[$0.value.origin] == most }
        return (candidates.filter { !$0.value.isAnswered }.keys.min()) ?? candidates.keys.min()
    }
}

/// Whom a connection comes from, as far as that can be told apart: a host that has one IPv6 address has the whole /64.
struct ConnectionOrigin: Hashable {
    private let octets: [UInt8]

    init(_ address: SocketAddress?) {
        let text = address?.ipAddress ?? ""
        var octets = [UInt8](repeating: 0, count: 16)
        self.octets = inet_pton(AF_INET6, text, &octets) == 1 ? Self.significant(octets) : Array(text.utf8)
    }

    /// An IPv4 address that a socket of both families shows as an IPv6 address counts whole.
    private static func significant(_ octets: [UInt8]) -> [UInt8] {
        let isMapped = octets[..<10].allSatisfy { $0 == 0 } && octets[10] == 0xFF && octets[11] == 0xFF
        return isMapped ? octets : Array(octets[..<8])
    }
}
