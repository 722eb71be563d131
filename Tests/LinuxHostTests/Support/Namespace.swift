import CLinux
import Glibc

/// Something that a test needed and that did not work.
struct SetupFailure: Error, CustomStringConvertible {
    let description: String
}

/// A network namespace that lives as long as the thread that a test runs on.
enum Namespace {
    /// Runs `body` on a thread of its own in a new network namespace whose loopback interface is up.
    ///
    /// What it finds out is returned and checked by the test itself: a thread of its own belongs to no test.
    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await onOwnThread {
            guard clinux_unshare(CLINUX_NAMESPACE_NETWORK) == 0 else {
                throw SetupFailure(description: "unshare: \(String(cString: strerror(errno)))")
            }
            try shell("ip link set lo up")
            return try body()
        }
    }

    /// Runs `body` on a thread of its own, whose capabilities and masks end with it.
    static func onOwnThread<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let work = ThreadWork { continuation.resume(with: Swift.Result(catching: body)) }
            var thread = pthread_t()
            let reason = pthread_create(&thread, nil, threadMain, Unmanaged.passRetained(work).toOpaque())
            guard reason == 0 else {
                Unmanaged.passUnretained(work).release()
                continuation.resume(throwing: SetupFailure(description: "pthread_create: \(reason)"))
                return
            }
            pthread_detach(thread)
        }
    }

    /// Makes the pair of interfaces `a` and `b`, both up, running and with a link-local address.
    static func makePair() throws {
        try shell("ip link add name a address 02:00:00:00:00:0a type veth peer name b address 02:00:00:00:00:0b")
        for name in ["a", "b"] {
            try shell("echo 0 > /proc/sys/net/ipv6/conf/\(name)/accept_dad; ip link set dev \(name) up")
        }
        // The kernel notices the carrier and makes the address a little later; what is sent before that is lost.
        try poll {
            let state = try shell("ip -o link show up; ip -6 -o addr show scope link -tentative")
            return state.count(of: "state UP") == 2 && state.count(of: "inet6 fe80::") == 2 ? true : nil
        }
    }
}

extension String {
    fileprivate func count(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}

private final class ThreadWork {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
}

private let threadMain: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    guard let argument else { return nil }
    Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue().body()
    return nil
}

/// Runs a command in the namespace of the calling thread and returns what it writes; a failure is an error.
@discardableResult
func shell(_ command: String) throws -> String {
    guard let stream = popen("{ \(command); } 2>&1", "r") else { throw SetupFailure(description: "popen \(command)") }
    var output: [UInt8] = []
    var octets = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = fread(&octets, 1, octets.count, stream)
        guard count > 0 else { break }
        output.append(contentsOf: octets[..<count])
    }
    let status = pclose(stream)
    let text = String(decoding: output, as: UTF8.self)
    guard status == 0 else { throw SetupFailure(description: "\(command): \(text)") }
    return text
}

/// Repeats `attempt` each millisecond until it gives something, at most for the given time.
@discardableResult
func poll<Result>(milliseconds: Int = 10_000, _ attempt: () throws -> Result?) throws -> Result {
    for _ in 0..<milliseconds {
        if let result = try attempt() { return result }
        usleep(1000)
    }
    throw SetupFailure(description: "nothing happened in \(milliseconds) ms")
}

/// Whether something comes true within ten seconds.
///
/// A program that another test starts holds a copy of every open file for a moment, so that what this process closes may
/// stay open a little longer.
func eventually(_ condition: () throws -> Bool) -> Bool { (try? poll { try condition() ? true : nil }) ?? false }

/// The kernel's number of an interface of the calling thread's namespace.
func index(of name: String) throws -> Int32 {
    let index = if_nametoindex(name)
    guard index > 0 else { throw SetupFailure(description: "there is no interface \(name)") }
    return Int32(bitPattern: index)
}
