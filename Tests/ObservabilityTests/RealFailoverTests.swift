import Foundation
import JSONDocument
import NetworkLab
import Testing

extension BrowserSuites {
    @Suite(
        "The page of a host while another one dies",
        .enabled(
            if: Prerequisite.permits(Prerequisite.lab),
            "\(Prerequisite.shortcomings(of: Prerequisite.lab).joined(separator: "; "))"))
    struct RealFailoverTests {}
}

extension BrowserSuites.RealFailoverTests {
    private static let manifests = Repository.root.appendingPathComponent("deploy/examples/manifests").path
    private static let isLive = PageExpressions.isLive

    /// A copy of the example's manifests, for an agent writes the identifiers that it finds into their folder; with adverts so
    /// seldom that nothing is late, and nobody else becomes active, because a browser has the processors.
    private static func copiedManifests() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: manifests) where name.hasSuffix(".yaml") {
            let text = try String(contentsOfFile: "\(manifests)/\(name)", encoding: .utf8)
            try folder.write(
                name, text.replacing("spec:\n  interface:", with: "spec:\n  advertisementInterval: 1s\n  interface:"))
        }
        return folder
    }

    /// The text of the row of an address, in the column of that name.
    private static func cell(_ column: String, of address: String) -> String {
        "\(PageExpressions.rows).find((row) => row.innerText.includes('\(address)'))"
            + ".querySelector('[data-label=\"\(column)\"]').innerText"
    }

    private static func owner(of address: String, among hosts: [LabHost]) async throws -> LabHost {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            var owners: [LabHost] = []
            for host in hosts where try await host.holds(address) { owners.append(host) }
            if owners.count == 1 { return owners[0] }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw LabError.timedOut(waitingFor: "one owner of \(address)", within: .seconds(20), context: "")
    }

    /// Three hosts share the addresses of three virtual routers. The pages of two of them are open when the third, which has
    /// an address, is killed: that of the host that takes over, and that of one that only hears of it.
    @Test(
        "Its owner dead, an address shows its new owner and the change, on the page of each host, without loading it anew"
    )
    func failover() async throws {
        let address = "192.0.2.100"
        let folder = try Self.copiedManifests()
        defer { folder.remove() }
        try await Lab.with { lab in
            var hosts: [LabHost] = []
            for number in 1...3 { hosts.append(try await LabHost(lab, number, manifests: folder.root.path)) }
            let first = try await Self.owner(of: address, among: hosts)
            let left = hosts.filter { $0.host.name != first.host.name }
            var started: [Browser] = []
            do {
                var browsers: [(host: LabHost, browser: Browser, page: BrowserPage)] = []
                for host in left {
                    let browser = try Browser(in: host.host.namespace)
                    started.append(browser)
                    let page = try await browser.open(LabHost.page, width: 1280, height: 900)
                    browsers.append((host, browser, page))
                }
                for (host, _, page) in browsers {
                    #expect(try await page.wait(until: "\(Self.isLive) && \(PageExpressions.rows).length === 3"))
                    #expect(
                        try await page.wait(until: "\(Self.cell("Owner", of: address)).includes('\(first.host.name)')"))
                    // Whoever is to be next is one of the two.
                    let next = try await page.value(Self.cell("Next", of: address)).text
                    #expect(left.contains { next.hasPrefix($0.host.name) }, "\(host.host.name): \(next)")
                    #expect(next.contains("after 3"), "\(next)")
                    _ = try await page.value("window.mark = 1")
                }

                first.host.killEverything()
                let second = try await Self.owner(of: address, among: left)
                for (host, browser, page) in browsers {
                    let name = second.host.name
                    #expect(
                        try await page.wait(
                            until: "\(Self.cell("Owner", of: address)).includes('\(name)')", within: .seconds(20)))
                    let change =
                        host.host.name == name
                        ? "backup → active\nthe active router was silent"
                        : "\(first.host.name) → \(name)\n\(name) advertises as the active router"
                    let changes = "document.getElementById('transitions').innerText"
                    let isTold = try await page.wait(
                        until: "\(changes).includes(\(JSONValue.string(change).text()))", within: .seconds(20))
                    let told = try await page.value(changes).text
                    #expect(isTold, "\(host.host.name): \(told)")
                    #expect(try await page.value("window.mark") == 1, "it was not loaded anew")
                    #expect(try await page.value(Self.isLive) == true)
                    #expect(try await page.value("document.getElementById('warnings').hidden") == true)
                    if host.host.name != name {
                        // Why the bystander itself is a backup would pass for why the other one is the owner.
                        #expect(try await page.value(Self.cell("Owner", of: address)).text == name)
                    }
                    #expect(browser.complaints.isEmpty)
                    let role = host.host.name == name ? "owner" : "bystander"
                    try await Pictures.keep(page.screenshot(), "failover-\(role)-desk-light")
                    for (name, width, height) in [("phone", 390, 844), ("desk", 1280, 900)] as [(String, Int64, Int64)]
                    {
                        let dark = try await browser.open(LabHost.page, width: width, height: height, isDark: true)
                        #expect(try await dark.wait(until: "\(Self.isLive) && \(PageExpressions.rows).length === 3"))
                        #expect(try await dark.value("document.documentElement.scrollWidth <= innerWidth") == true)
                        try await Pictures.keep(dark.screenshot(), "failover-\(role)-\(name)-dark")
                    }
                }
            } catch {
                for browser in started { await browser.close() }
                throw error
            }
            for browser in started { await browser.close() }
        }
    }

    @Test("What is wrong with a host shows on its page, and goes when it is mended")
    func trouble() async throws {
        try await Lab.with { lab in
            let folder = try Self.copiedManifests()
            defer { folder.remove() }
            let host = try await LabHost(lab, 1, manifests: folder.root.path)
            try await withBrowser(in: host.host.namespace) { browser in
                let page = try await browser.open(LabHost.page, width: 1280, height: 900)
                #expect(try await page.wait(until: "\(Self.isLive) && \(PageExpressions.rows).length === 3"))
                let warnings = "document.getElementById('warnings').innerText"
                let isCalm = "document.getElementById('warnings').hidden"
                #expect(try await page.wait(until: isCalm))

                let web = try String(contentsOf: folder.url("web.yaml"), encoding: .utf8)
                try folder.write("web.yaml", web.replacing("loadBalancerIP:", with: "loadBalancerIP"))
                #expect(try await page.wait(until: "\(warnings).includes('web.yaml, document 1, line')"))
                try folder.write("web.yaml", web)
                #expect(try await page.wait(until: isCalm))

                try await host.host.ip("link set eth0 down")
                #expect(
                    try await page.wait(
                        until: "\(warnings).includes('3 virtual routers cannot take part: interface eth0 is down')"))
                #expect(try await page.value("document.title").text.hasPrefix("(1) "))
                #expect(
                    try await page.value(Self.cell("Owner", of: "192.0.2.100")).text.hasPrefix("not known here"),
                    "others may have it")
                try await Pictures.keep(page.screenshot(), "trouble-desk-light")
                try await host.host.ip("link set eth0 up")
                #expect(try await page.wait(until: isCalm))
                #expect(browser.complaints.isEmpty)
            }
        }
    }
}
