import VRRP
import VRRPEngine

extension Host {
    /// Sends octets to every client of the control socket that watches, at the end of the turn.
    public func broadcast(_ octets: [UInt8]) {
        guard control != nil else { return }
        broadcasts.append(octets)
    }

    /// Sends the answer that a client waits for since ``ClientAnswer/later``; nothing happens where it has gone.
    public func answer(_ client: ControlConnection, with octets: [UInt8]) {
        guard control != nil else { return }
        lateAnswers.append((client, octets))
    }

    /// Hears clients, lets others in, answers requests and sends what is broadcast.
    func serveClients() {
        var hasNewcomers = false
        for event in events {
            switch event.source {
            case .controlListener: hasNewcomers = true
            case .controlClient(let number): control?.serve(client: number, event, loop: loop)
            case .deadline, .signals, .interfaces, .routing, .receiver, .background, .scripts, .scriptProcess,
                .noticeProcess:
                continue
            }
        }
        if hasNewcomers { letClientsIn() }
        // What an answer takes must not make an advert late; the rest has its turn afterwards.
        let end = min(MonotonicClock.now + Self.answeringTime, engine.nextProtocolDeadline)
        firstClient =
            control?.answerRequests(from: firstClient, loop: loop, while: { MonotonicClock.now < end }) {
                var answer = observer.host(self, answers: $1, of: $0)
                answer.olderBroadcasts = broadcasts.count
                return answer
            } ?? 0
        let answers = lateAnswers
        lateAnswers.removeAll(keepingCapacity: true)
        for (client, octets) in answers { control?.answer(client, with: octets, loop: loop) }
        let pending = broadcasts
        broadcasts.removeAll(keepingCapacity: true)
        for octets in pending { control?.broadcast(octets, loop: loop) }
    }

    /// Lets clients in after the others were heard: a newcomer may get the place of one, and must not get its events.
    private func letClientsIn() {
        do throws(SystemCallError) {
            try control?.acceptClients(loop: loop)
        } catch {
            observer.host(self, warned: .controlSocketFailed(error))
        }
    }
}
