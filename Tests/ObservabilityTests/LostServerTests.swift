import JSONDocument
import StatusServer
import Testing

extension BrowserSuites {
    @Suite("A page that loses its server") struct LostServerTests {}
}

extension BrowserSuites.LostServerTests {
    private static let warning = "document.getElementById('connection').innerText"

    @Test("A server that ends is told, what was known stays, and its successor is found without loading the page anew")
    func ended() async throws {
        let first = SamplePages.cluster()
        try await withBrowser { browser in
            let server = try await ServedPage(PageFeed(first))
            let page = try await browser.open(server.address, width: 1280, height: 800)
            #expect(
                try await page.wait(until: "\(PageExpressions.isLive) && \(PageExpressions.rows).length === 4"))
            _ = try await page.value("window.mark = 1")
            await server.stop()
            #expect(try await page.wait(until: PageExpressions.isLost))
            #expect(try await page.value(Self.warning) == "Not connected: this may be out of date")
            #expect(try await page.value("\(PageExpressions.rows).length") == 4)

            var later = first
            later.virtualRouters[2].owners = [.init(node: "worker-9", since: .now)]
            let successor = try await ServedPage(PageFeed(later), port: server.port)
            #expect(
                try await page.wait(
                    until: "\(PageExpressions.isLive) && document.body.innerText.includes('worker-9')"))
            #expect(try await page.value(Self.warning) == "Live")
            #expect(try await page.value("window.mark") == 1)
            await successor.stop()
        }
    }

    /// Keeps the page's timers, with their times, where a test can see them.
    private static let watchTimers = """
        window.timers = new Map();
        const [begin, end] = [setTimeout, clearTimeout];
        window.setTimeout = (action, time) => {
            const id = begin(() => { timers.delete(id); action(); }, time);
            timers.set(id, { action, time });
            return id;
        };
        window.clearTimeout = (id) => { timers.delete(id); end(id); };
        1
        """

    @Test("A loss that the silence has told is not told again by the error before it")
    func once() async throws {
        var limits = StatusLimits()
        limits.signOfLifeTime = .seconds(1)
        let server = try await ServedPage(PageFeed(SamplePages.cluster()), limits: limits)
        try await withBrowser { browser in
            let page = try await browser.open(server.address, width: 1280, height: 800)
            #expect(try await page.wait(until: PageExpressions.isLive))
            _ = try await page.value(Self.watchTimers)
            func timer(_ milliseconds: Int) -> String {
                "[...timers.values()].find((each) => each.time === \(milliseconds))"
            }
            #expect(try await page.wait(until: "\(timer(4500)) !== undefined"))
            await server.stop()
            // The stream has ended, and before that is told the silence has lasted long enough.
            let silence = "\(timer(3000)) !== undefined && \(timer(4500)) !== undefined"
            let told = "(\(timer(4500)).action(), window.isTimerLeft = \(timer(3000)) !== undefined, true)"
            #expect(try await page.wait(until: "\(silence) && \(told)"))
            #expect(try await page.value(PageExpressions.isLost) == true)
            #expect(try await page.value("isTimerLeft") == false)
        }
    }

    @Test("A server that falls silent, its connections open, is told as well, and found again when it speaks")
    func silent() async throws {
        var limits = StatusLimits()
        limits.signOfLifeTime = .seconds(1)
        let feed = PageFeed(SamplePages.cluster())
        let server = try await ServedPage(feed, limits: limits)
        let relay = try StallingRelay(to: server.port)
        try await withBrowser { browser in
            let page = try await browser.open("http://127.0.0.1:\(relay.port)/", width: 1280, height: 800)
            #expect(
                try await page.wait(until: "\(PageExpressions.isLive) && \(PageExpressions.rows).length === 4"))
            // Quiet, but alive, for longer than a silence may last.
            try await Task.sleep(for: .seconds(6))
            #expect(try await page.value(PageExpressions.isLive) == true)
            relay.isStalled = true
            #expect(try await page.wait(until: PageExpressions.isLost))
            relay.isStalled = false
            #expect(try await page.wait(until: PageExpressions.isLive))
            #expect(browser.complaints.isEmpty)
        }
        relay.stop()
        await server.stop()
    }
}
