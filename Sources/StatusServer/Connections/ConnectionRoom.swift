import NIOCore
import Synchronization

/// Keeps connections within a number, and lets everybody in all the same.
///
/// Where it is full, a newcomer takes the place of another connection: one of whoever has the most, the oldest of those
/// that wait for nothing. So many connections of one host leave room for the few of others, the kubelet's probes above all.
final class ConnectionRoom: Sendable {
    /// What names a connection in here.
    typealias Number = SharedPlaces<any Channel>.Number

    private let places: Mutex<SharedPlaces<any Channel>>

    /// Room for this many.
    init(_ most: Int) { places = Mutex(SharedPlaces(most)) }

    /// Takes a connection in; another one may have to leave for it.
    func enter(_ channel: any Channel) -> Number {
        let origin = ConnectionOrigin(channel.remoteAddress?.ipAddress)
        let entrance = places.withLock { $0.enter(channel, from: origin) }
        entrance.leaving?.close(promise: nil)
        return entrance.number
    }

    /// Says whether a request of the connection is being answered.
    func set(_ number: Number, isAnswered: Bool) { places.withLock { $0.set(number, isBusy: isAnswered) } }

    /// The connection has ended.
    func leave(_ number: Number) { places.withLock { $0.leave(number) } }
}
