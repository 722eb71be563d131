/// A host of the lab: a network namespace with interfaces, a `/run` of its own, and programs that run in it.
public final class Host: Sendable {
    /// The name inside the lab.
    public let name: String
    /// The namespace, for tools that the lab does not know.
    public let namespace: NetworkNamespace
    /// A directory of the host for configuration files; it vanishes with the lab.
    public let directory: String
    /// What programs on the host see as `/run`, seen from outside.
    public var runDirectory: String { directory + "/run" }

    init(name: String, namespace: NetworkNamespace, directory: String) {
        self.name = name
        self.namespace = namespace
        self.directory = directory
    }

    /// Starts a program on the host.
    ///
    /// - Parameters:
    ///   - program: a path, or a name that is looked up in `PATH` and the directories of system programs.
    ///   - environment: what differs from this process's environment.
    ///   - lineCapacity: how many lines of output are kept.
    public func start(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        lineCapacity: Int = 20_000
    ) async throws -> LabProcess {
        try await LabProcess.start(
            request(program, arguments, environment: environment, lineCapacity: lineCapacity))
    }

    /// Runs a program on the host to its end and returns its output; throws when it fails or takes too long.
    @discardableResult
    public func run(
        _ program: String, _ arguments: [String] = [], input: String = "", within timeout: Duration = .seconds(10)
    ) async throws -> String {
        var request = request(program, arguments)
        request.input = input
        return try await request.runToEnd(within: timeout)
    }

    /// Runs commands of `ip`, one a line, on the host.
    @discardableResult
    public func ip(_ commands: String...) async throws -> String {
        try await run("ip", ["-batch", "-"], input: commands.joined(separator: "\n") + "\n")
    }

    /// Listens to an interface of the host.
    ///
    /// - Parameter keep: which frames are kept; all of them by default.
    public func tap(
        _ interface: String = "eth0", keeping keep: @escaping @Sendable (CapturedFrame) -> Bool = { _ in true }
    ) async throws -> PacketTap {
        try await PacketTap.open(interface, in: namespace, promiscuous: false, keeping: keep)
    }

    /// Kills everything that runs on the host at once, as a loss of power does; its interfaces and addresses stay.
    public func killEverything() { namespace.killProcesses() }

    /// The addresses that an interface has at the moment, with prefix lengths, in the kernel's order.
    public func addresses(of interface: String = "eth0") async throws -> [String] {
        let text = try await run("ip", ["-oneline", "addr", "show", "dev", interface])
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let family = words.firstIndex(where: { $0 == "inet" || $0 == "inet6" }) else { return nil }
            return words.dropFirst(family + 1).first.map(String.init)
        }
    }

    private func request(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], lineCapacity: Int = 20_000
    ) -> LaunchRequest {
        LaunchRequest(
            program: program, arguments: arguments, environment: environment, namespace: namespace,
            runDirectory: runDirectory, lineCapacity: lineCapacity)
    }
}

extension LaunchRequest {
    /// Runs the program to its end and returns its output; throws when it fails or takes too long.
    func runToEnd(within timeout: Duration = .seconds(10)) async throws -> String {
        let process = try await LabProcess.start(self)
        let status = try await process.waitForExit(within: timeout)
        guard status.isSuccess else {
            throw LabError.commandFailed(
                command: input.isEmpty ? commandLine : "\(commandLine) <<\n\(input)", status: status,
                output: process.output)
        }
        return process.output
    }
}
