import CLinux
import Foundation

/// A program to start and what it shall find around itself.
struct LaunchRequest: Sendable {
    let program: String
    var arguments: [String] = []
    /// What differs from this process's own environment.
    var environment: [String: String] = [:]
    /// nil stays in this process's namespace.
    var namespace: NetworkNamespace?
    /// The directory that the program sees as `/run`; needs `namespace`.
    var runDirectory: String?
    var workingDirectory: String?
    /// What the program reads from its standard input, at most 64 KiB.
    var input = ""
    /// How many lines of output are kept.
    var lineCapacity = 20_000

    var commandLine: String { ([program] + arguments).joined(separator: " ") }

    /// Starts the program with `output` as its standard output and standard error, and returns its process number.
    ///
    /// The kernel kills the program when the calling thread ends.
    func start(output: OwnedDescriptor) throws -> pid_t {
        guard let path = Programs.path(of: program) else { throw LabError.noSuchProgram(program) }
        let namespaceDescriptor = try namespace?.descriptor()
        let inputDescriptor = try inputDescriptor()
        let environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        var failure = clinux_start_failure()
        let process = withCStrings([path] + arguments, environment.map { "\($0.key)=\($0.value)" }) {
            arguments, environment in
            path.withCString { path in
                withOptionalCString(runDirectory) { runDirectory in
                    withOptionalCString(workingDirectory) { workingDirectory in
                        var program = clinux_program(
                            path: path, arguments: arguments, environment: environment,
                            network_namespace: namespaceDescriptor?.number ?? -1, run_directory: runDirectory,
                            working_directory: workingDirectory, input: inputDescriptor.number, output: output.number)
                        return clinux_start(&program, &failure)
                    }
                }
            }
        }
        guard process > 0 else {
            throw LabError.notStarted(program: path, step: Self.name(ofStep: failure.step), error: failure.error)
        }
        return process
    }

    private func inputDescriptor() throws -> OwnedDescriptor {
        guard !input.isEmpty else { return try OwnedDescriptor(opening: "/dev/null", O_RDONLY) }
        let pipe = try Pipe.open()
        try systemCall("write", "to \(program)") { write(pipe.writing.number, input, input.utf8.count) }
        return pipe.reading
    }

    private static func name(ofStep step: Int32) -> String {
        switch clinux_start_step(rawValue: UInt32(step)) {
        case CLINUX_START_FORK: "fork"
        case CLINUX_START_NETWORK_NAMESPACE: "enter the network namespace"
        case CLINUX_START_MOUNT_NAMESPACE: "create a mount namespace"
        case CLINUX_START_RUN_DIRECTORY: "mount the host's directory on /run"
        case CLINUX_START_WORKING_DIRECTORY: "change to the working directory"
        default: "execute"
        }
    }
}

/// The two ends of a pipe, both close-on-exec.
enum Pipe {
    static func open() throws -> (reading: OwnedDescriptor, writing: OwnedDescriptor) {
        var ends: [Int32] = [-1, -1]
        try systemCall("pipe") { Glibc.pipe(&ends) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (OwnedDescriptor(ends[0]), OwnedDescriptor(ends[1]))
    }
}

private typealias CStringArray = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// Calls `body` with two arrays of C strings, each ended by a null pointer, as execve(2) wants them.
private func withCStrings<Result>(
    _ first: [String], _ second: [String], _ body: (CStringArray, CStringArray) -> Result
) -> Result {
    let firstStrings = first.map { strdup($0) } + [nil]
    let secondStrings = second.map { strdup($0) } + [nil]
    defer { for string in firstStrings + secondStrings { free(string) } }
    return withUnsafeTemporaryAllocation(
        of: UnsafeMutablePointer<CChar>?.self, capacity: firstStrings.count + secondStrings.count
    ) { array in
        _ = array.initialize(from: firstStrings + secondStrings)
        guard let start = array.baseAddress else { preconditionFailure("an array of two null pointers is not empty") }
        return body(start, start + firstStrings.count)
    }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
}
