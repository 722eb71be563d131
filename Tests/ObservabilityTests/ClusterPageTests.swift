import JSONDocument
import KubernetesAPI
import StatusServer
import Testing

@testable import GroupOperatorService

extension BrowserSuites {
    @Suite("The operator's page of the cluster") struct ClusterPageTests {}
}

extension BrowserSuites.ClusterPageTests {
    private static let rows = PageExpressions.rows
    private static let isThere = "\(PageExpressions.isLive) && \(rows).length === 3"

    private func cluster() -> SampleCluster {
        let now = PageTime.now.millisecondsSinceEpoch / 1000
        return SampleCluster(
            SampleCluster.routers(now: now), groups: SampleCluster.groups(now: now), nodes: SampleCluster.nodes())
    }

    @Test("It shows each address with its owner, Service, group and members, the troubles first")
    func content() async throws {
        let cluster = cluster()
        try await withPage(cluster.page.source) { browser, address in
            let page = try await browser.open(address, width: 1280, height: 900)
            #expect(try await page.wait(until: Self.isThere))
            #expect(try await page.value("document.getElementById('scope').innerText") == "Cluster")
            #expect(try await page.value("document.title") == "(4) Cluster – virtual IPs")
            let text = try await page.value("document.querySelector('main').innerText").text
            var rest = text[...]
            for word in [
                "Needs attention", "Critical", "hears another router", "Critical", "no longer holds",
                "Warning", "no interface bond0", "Warning", "10.0.0.300", "Addresses", "198.51.100.9", "192.0.2.17",
            ] {
                let place = try #require(rest.firstRange(of: word), "\(word) is missing, or too far up: \(text)")
                rest = rest[place.upperBound...]
            }
            let row = try await page.value("\(Self.rows).find((row) => row.innerText.includes('192.0.2.17')).innerText")
            for word in [
                "192.0.2.18", "Service shop/web", "Group ingress/edge", "worker-1", "10 d", "worker-3", "after 301 ms",
                "3 nodes", "VRID 17",
            ] {
                #expect(row.text.contains(word), "\(word) is missing: \(row.text)")
            }
            #expect(text.contains("12 adverts of another router") && text.contains("nobody"))
            #expect(try await page.value("document.documentElement.scrollWidth <= innerWidth") == true)
            _ = try await page.value("document.querySelectorAll('#routers details')[2].open = true")
            #expect(
                try await page.value("document.querySelectorAll('#routers details')[2].innerText").text
                    .contains("worker-3 (253)"))
            try await Pictures.keep(page.screenshot(), "cluster-desk-light")
            for (name, width, height) in [("phone", 390, 844), ("desk", 1280, 900)] as [(String, Int64, Int64)] {
                let dark = try await browser.open(address, width: width, height: height, isDark: true)
                #expect(try await dark.wait(until: Self.isThere))
                #expect(try await dark.value("document.documentElement.scrollWidth <= innerWidth") == true)
                try await Pictures.keep(dark.screenshot(), "cluster-\(name)-dark")
            }
            #expect(browser.complaints.isEmpty)
        }
    }

    @Test("A move of an address shows in its row and in the time line without loading the page anew")
    func live() async throws {
        let cluster = cluster()
        try await withPage(cluster.page.source) { browser, address in
            let page = try await browser.open(address, width: 1280, height: 900)
            #expect(try await page.wait(until: Self.isThere))
            _ = try await page.value("window.mark = 1")
            #expect(try await page.value("document.getElementById('transitions').hidden") == true)
            cluster.change("edge.web.shop") { router in
                router.status?.activeNode = "worker-3"
                router.status?.activeSince = Timestamp(seconds: PageTime.now.millisecondsSinceEpoch / 1000)
            }
            #expect(
                try await page.wait(
                    until: "document.getElementById('transitions').innerText.includes('worker-1 → worker-3')",
                    within: .seconds(20)))
            let row = try await page.value(
                "\(Self.rows).find((row) => row.innerText.includes('192.0.2.17'))"
                    + ".querySelector('[data-label=Owner]').innerText")
            #expect(row.text.contains("worker-3"))
            cluster.change { $0.nodes[2].status?.conditions = [.init(type: "Ready", status: "Unknown")] }
            #expect(
                try await page.wait(
                    until: "document.getElementById('nodes').innerText.includes('silent')", within: .seconds(20)))
            #expect(try await page.value("window.mark") == 1)
            #expect(browser.complaints.isEmpty)
        }
    }
}
