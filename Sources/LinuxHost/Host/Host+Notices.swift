import CLinux
import Glibc
public import VRRP

extension Host {
    /// Sends notices elsewhere from now on.
    public func route(_ routes: NoticeRoutes) {
        guard routes != lastRoutes else { return }
        lastRoutes = routes
        order(.route(routes))
    }

    /// Delivers notices, in their order; this never waits for anything.
    public func deliver(_ notices: [OutgoingNotice]) {
        guard !notices.isEmpty, scriptRunner != nil else { return }
        do throws(SystemCallError) {
            try scriptRunner?.deliver(notices)
            if lostNotices > 0 { observer.host(self, warned: .noticesLost(lostNotices)) }
            lostNotices = 0
        } catch {
            // Where the process is gone, the end of the connection tells.
            lostNotices += notices.count
        }
    }

    /// Runs a command and waits for its end: before ``begin()`` alone, when no advert can be late yet.
    ///
    /// - Returns: how it ended, as the end of a sentence; nil where there is no process to run it.
    public func perform(_ command: RunnableCommand, timeout: Nanoseconds) -> String? {
        order(.perform(command, timeout: timeout))
        let limit = MonotonicClock.now + timeout + NoticeDesk.grace * 2
        return awaitNews(until: limit) { if case .performed(let outcome) = $0 { outcome } else { nil } }
    }

    /// Lets the process that delivers notices do what it has, then run the command, and end; waits for that, for as long
    /// as keepalived waits for its children.
    public func finishNotices(_ command: RunnableCommand?, timeout: Nanoseconds) {
        if lostNotices > 0 { observer.host(self, warned: .noticesLost(lostNotices)) }
        order(.finish(command, timeout: timeout))
        let limit = MonotonicClock.now + .seconds(14) + (command == nil ? .zero : timeout)
        _ = awaitNews(until: limit) { (_) -> Void? in nil }
    }

    /// Sends an order; where the process is gone, the end of the connection tells.
    private func order(_ order: ScriptOrder) { try? scriptRunner?.send(order) }

    /// Waits for news that `pick` takes; troubles among them are told, and everything else is too early or too late.
    private func awaitNews<Value>(until limit: Instant, _ pick: (ScriptNews) -> Value?) -> Value? {
        while let number = scriptRunner?.fileDescriptor {
            let rest = (limit - MonotonicClock.now).rawValue / 1_000_000
            guard rest > 0 else { return nil }
            var question = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            _ = retrying { poll(&question, 1, Int32(min(rest, 1000))) }
            switch try? scriptRunner?.receive() {
            case .message(let octets)?:
                guard let news = try? ScriptNews(octets) else { continue }
                if let value = pick(news) { return value }
                if case .trouble(let sentence) = news { observer.host(self, warned: .noticeFailed(sentence)) }
            case .nothing?: continue
            case .end?, nil: return nil
            }
        }
        return nil
    }
}
