import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import ServiceLifecycle
public import Telemetry

/// Serves metrics, health and the page over HTTP/1.1.
///
/// It only answers questions: GET and HEAD are all that it knows, and nothing that it is sent changes anything.
public struct StatusServer: Sendable {
    private let address: ListenAddress
    private let limits: StatusLimits
    private let responder: StatusResponder
    private let logger: Logger

    /// A server of this content, which begins when it is run.
    ///
    /// - Parameter address: where to listen; without a host on all of the machine's addresses, IPv6 and IPv4.
    public init(
        address: ListenAddress, paths: StatusPaths = StatusPaths(), limits: StatusLimits = StatusLimits(),
        content: Content, logger: Logger
    ) {
        self.address = address
        self.limits = limits
        self.logger = logger
        responder = StatusResponder(paths: paths, limits: limits, content: content)
    }

    /// Serves until its task is cancelled.
    ///
    /// - Parameter onListening: told where it listens, as soon as it does.
    /// - Throws: ``StatusServerError`` when it cannot listen.
    public func run(onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }) async throws {
        guard address.host == nil else { return try await serve(on: address, onListening) }
        do { try await serve(on: ListenAddress(host: "::", port: address.port), onListening) } catch let error
            as StatusServerError where error.isForWantOfIPv6
        {
            try await serve(on: ListenAddress(host: "0.0.0.0", port: address.port), onListening)
        }
    }

    private func serve(
        on address: ListenAddress, _ onListening: @escaping @Sendable (ListenAddress) async -> Void
    ) async throws {
        let room = ConnectionRoom(limits.connections)
        let stalledTime = TimeAmount(limits.stalledTime)
        var configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(stalledTime: stalledTime, room: room)],
            idleTimeout: .init(limits.idleTime))
        configuration.httpDecoder = .init(
            maxHeaderFieldSize: limits.headerOctets, maxHeaderListSize: limits.headerOctets,
            maxHeaderFieldCount: limits.headerFields)
        // What the framework says of each connection is not for this program's log.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let application = Application(
            responder: responder, server: .http1(configuration: configuration),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host ?? "::", port: Int(address.port)),
                // The room sees to the limit; this only bounds what has not ended yet of those that had to leave it.
                availableConnectionsDelegate: .maximum(limits.connections * 2, logger: quiet)),
            onServerRunning: { [logger] channel in
                let port = channel.localAddress?.port.flatMap(UInt16.init(exactly:)) ?? address.port
                let place = ListenAddress(host: address.host, port: port)
                logger.notice("Listening on \(place)")
                await onListening(place)
            }, logger: quiet)
        do { try await Self.runUntilCancelled(application, quiet) } catch is CancellationError {
        } catch let error as IOError {
            throw StatusServerError(address: address, errorNumber: error.errnoCode)
        }
    }

    /// Runs a service until the task is cancelled, which lets it end by itself before: connections that were accepted and wait
    /// to be taken end the process where they are dropped.
    private static func runUntilCancelled(_ service: some Service, _ logger: Logger) async throws {
        let group = ServiceGroup(services: [service], logger: logger)
        let run = Task { try await group.run() }
        try await withTaskCancellationHandler {
            try await run.value
        } onCancel: {
            Task {
                await group.triggerGracefulShutdown()
                // Those who follow the page, or say nothing, are not waited for any longer.
                try? await Task.sleep(for: partingTime)
                run.cancel()
            }
        }
    }

    /// How long connections may take to end when the server does.
    private static let partingTime = Duration.milliseconds(300)
}
