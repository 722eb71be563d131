import Foundation
import Logging
import NetworkLab
import StatusServer
import Telemetry
import Testing

/// What needs a browser: one after the other, for each of them takes much of a machine.
@Suite(
    "The page in a browser", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: Tool.chromium.isInstalled, "chromium is not installed"))
enum BrowserSuites {}

/// What tests ask of a page.
enum PageExpressions {
    static let isLive = "document.getElementById('connection').dataset.state === 'live'"
    static let isLost = "document.getElementById('connection').dataset.state === 'lost'"
    static let rows = "[...document.querySelectorAll('#routers tbody tr')]"
}

/// What people may look at after a run: `.build/page`.
enum Pictures {
    static func keep(_ picture: Data, _ name: String) throws {
        #expect(picture.count > 10_000)
        let folder = Repository.root.appendingPathComponent(".build/page")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try picture.write(to: folder.appendingPathComponent("\(name).png"))
    }
}

/// A page that is served on loopback until it is stopped.
struct ServedPage: Sendable {
    private let running: Task<Void, any Error>
    let port: UInt16

    var address: String { "http://127.0.0.1:\(port)/" }

    /// - Parameter port: 0 for any that is free.
    init(_ source: any PageSource, port: UInt16 = 0, limits: StatusLimits = StatusLimits()) async throws {
        let server = StatusServer(
            address: ListenAddress(host: "127.0.0.1", port: port), limits: limits,
            content: StatusServer.Content(metrics: { [] }, page: source),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let (ports, told) = AsyncStream.makeStream(of: UInt16.self)
        running = Task {
            defer { told.finish() }
            try await server.run { told.yield($0.port) }
        }
        self.port = try #require(await ports.first { _ in true })
    }

    func stop() async {
        running.cancel()
        _ = try? await running.value
    }
}

/// Runs `body` with a browser and the address of a page that shows what the source has.
func withPage(
    _ source: any PageSource, _ body: @escaping @Sendable (Browser, String) async throws -> Void
) async throws {
    let served = try await ServedPage(source)
    do { try await withBrowser { try await body($0, served.address) } } catch {
        await served.stop()
        throw error
    }
    await served.stop()
}

/// Runs `body` with a browser, and ends that.
///
/// - Parameter namespace: the network that the browser lives in; nil for that of the tests.
func withBrowser(in namespace: NetworkNamespace? = nil, _ body: (Browser) async throws -> Void) async throws {
    let browser = try Browser(in: namespace)
    do { try await body(browser) } catch {
        await browser.close()
        throw error
    }
    await browser.close()
}
