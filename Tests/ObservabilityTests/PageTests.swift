import JSONDocument
import StatusServer
import Testing

extension BrowserSuites {
    @Suite("A node's or a cluster's page") struct PageTests {}
}

extension BrowserSuites.PageTests {
    private static let isLive = PageExpressions.isLive
    private static let rows = PageExpressions.rows

    @Test("It shows warnings first, the worst above, and who has each address, since when and who is next")
    func content() async throws {
        try await withPage(PageFeed(SamplePages.cluster())) { browser, address in
            let page = try await browser.open(address, width: 1280, height: 800)
            #expect(try await page.wait(until: "\(Self.isLive) && \(Self.rows).length === 4"))
            let text = try await page.value("document.querySelector('main').innerText").text
            let words = [
                "Needs attention", "Critical", "shop/checkout", "Warning", "edge/gateways", "Addresses",
                "198.51.100.9", "192.0.2.17",
            ]
            var rest = text[...]
            for word in words {
                let place = try #require(rest.firstRange(of: word), "\(word) is missing, or too far up: \(text)")
                rest = rest[place.upperBound...]
            }
            let row = try await page.value("\(Self.rows).find((row) => row.innerText.includes('192.0.2.17')).innerText")
            for word in ["192.0.2.18", "Service shop/web", "worker-1", "10 d", "worker-2", "after 361 ms", "VRID 17"] {
                #expect(row.text.contains(word), "\(word) is missing: \(row.text)")
            }
            #expect(text.contains("nobody") && text.contains("2 at the same time"))
            #expect(try await page.value("document.title") == "(2) production – virtual IPs")
            #expect(browser.complaints.isEmpty)
        }
    }

    @Test("A change shows within a second or two, without loading the page anew")
    func live() async throws {
        let first = SamplePages.cluster()
        let feed = PageFeed(first)
        try await withPage(feed) { browser, address in
            let page = try await browser.open(address, width: 1280, height: 800)
            #expect(try await page.wait(until: "\(Self.isLive) && \(Self.rows).length === 4"))
            _ = try await page.value("window.mark = 1; \(Self.rows)[2].mark = 1")
            var snapshot = first
            snapshot.warnings.removeAll()
            snapshot.virtualRouters[2].owners = [.init(node: "worker-9", since: .now)]
            feed.publish(snapshot)
            #expect(
                try await page.wait(
                    until: "document.getElementById('routers').innerText.includes('worker-9')", within: .seconds(20)))
            #expect(try await page.value("window.mark") == 1)
            #expect(try await page.value("document.getElementById('warnings').hidden") == true)
            #expect(try await page.value("\(Self.rows).filter((row) => row.classList.contains('changed')).length") == 1)
            #expect(browser.complaints.isEmpty)
        }
    }

    @Test("What would be markup is text, wherever it stands")
    func escaping() async throws {
        try await withPage(PageFeed(SamplePages.hostile())) { browser, address in
            let page = try await browser.open(address, width: 1280, height: 800)
            #expect(try await page.wait(until: "\(Self.isLive) && \(Self.rows).length === 1"))
            #expect(try await page.value("document.querySelectorAll('img, body script').length") == 0)
            #expect(try await page.value("document.title === 'owned'") == false)
            #expect(
                try await page.value("document.body.innerText.split('<img src=x onerror=').length").text() != "1")
            #expect(browser.complaints.isEmpty)
        }
    }

    @Test("Everything can be done with the keyboard, and the filter finds by address, Service and node")
    func keyboard() async throws {
        try await withPage(PageFeed(SamplePages.cluster())) { browser, address in
            let page = try await browser.open(address, width: 1280, height: 800)
            #expect(try await page.wait(until: "\(Self.isLive) && \(Self.rows).length === 4"))
            try await page.press("Tab", code: 9)
            #expect(try await page.value("document.activeElement.className") == "skip")
            try await page.press("/", text: "/", code: 191)
            #expect(try await page.value("document.activeElement.id") == "filter")
            for letter in "worker-2 api" { try await page.press(String(letter), text: String(letter)) }
            #expect(
                try await page.wait(until: "\(Self.rows).length === 1 && \(Self.rows)[0].innerText.includes('::18')"))
            for letter in "zzz" { try await page.press(String(letter), text: String(letter)) }
            #expect(try await page.wait(until: "!document.getElementById('routers-empty').hidden"))
            try await page.press("Escape", code: 27)
            #expect(try await page.wait(until: "\(Self.rows).length === 4"))
            #expect(browser.complaints.isEmpty)
        }
    }

    @Test("It fits on a phone and on a desk, light and dark, and can be read on both")
    func looks() async throws {
        try await withPage(PageFeed(SamplePages.cluster())) { browser, address in
            for (name, width, height) in [("phone", 390, 844), ("desk", 1280, 800)] as [(String, Int64, Int64)] {
                for isDark in [false, true] {
                    let page = try await browser.open(address, width: width, height: height, isDark: isDark)
                    #expect(try await page.wait(until: "\(Self.isLive) && \(Self.rows).length === 4"))
                    #expect(try await page.value("document.documentElement.scrollWidth <= innerWidth") == true)
                    let low = try await page.value(Self.wordsOfLowContrast)
                    #expect(low == [], "\(name), dark: \(isDark): \(low.text())")
                    try await Pictures.keep(page.screenshot(), "\(name)-\(isDark ? "dark" : "light")")
                }
            }
            #expect(browser.complaints.isEmpty)
        }
    }

    @Test("Thousands of virtual routers are shown, and a change of one among them as well")
    func large() async throws {
        let feed = PageFeed(SamplePages.large(4080))
        try await withPage(feed) { browser, address in
            let page = try await browser.open(address, width: 1280, height: 800)
            #expect(try await page.wait(until: "\(Self.rows).length === 4080", within: .seconds(60)))
            var snapshot = SamplePages.large(4080)
            snapshot.virtualRouters[4001].owners = [.init(node: "node-9")]
            feed.publish(snapshot)
            let isShown = "document.getElementById('routers').tBodies[0].textContent.includes('node-9')"
            #expect(try await page.wait(until: isShown, within: .seconds(30)))
            #expect(browser.complaints.isEmpty)
        }
    }

    /// The texts whose colours differ less than WCAG 2 asks of small text.
    private static let wordsOfLowContrast = #"""
        (() => {
          const rgb = (text) => text.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
            .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const back = (element) => {
            for (let each = element; each; each = each.parentElement) {
              const color = rgb(getComputedStyle(each).backgroundColor);
              if (color.length === 3 || color[3] > 0) return color;
            }
            return [255, 255, 255];
          };
          const low = [];
          for (const element of document.querySelectorAll("body *")) {
            const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
            if (!own || element.closest("[hidden], noscript")) continue;
            const [a, b] = [light(rgb(getComputedStyle(element).color)), light(back(element))];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < 4.5) low.push(`${element.textContent.trim()}: ${contrast.toFixed(2)}`);
          }
          return low;
        })()
        """#
}
