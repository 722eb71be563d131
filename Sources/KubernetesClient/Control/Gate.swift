internal import Synchronization

/// Something that many wait for, and that then has happened for good.
final class Gate: Sendable {
    private struct State: Sendable {
        var isOpen = false
        var serial = 0
        var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
    }

    private let state = Mutex(State())

    /// Lets all who wait, and all who come, pass.
    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until the gate is open; throws `CancellationError` alone.
    func wait() async throws {
        let ticket = state.withLock { state in
            state.serial += 1
            return state.serial
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isOver = state.withLock { state in
                    if state.isOpen { return true }
                    // Either this sees the cancellation, or the handler below finds the entry.
                    if !Task.isCancelled { state.waiting[ticket] = continuation }
                    return Task.isCancelled
                }
                guard isOver else { return }
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    continuation.resume()
                }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume(throwing: CancellationError())
        }
    }
}
