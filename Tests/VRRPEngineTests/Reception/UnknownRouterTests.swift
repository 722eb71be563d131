import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Adverts of routers that are not configured here")
struct UnknownRouterTests {
    private static func lab(reporting: Bool) -> Lab {
        var policy = NodePolicy()
        policy.reportsUnknownRouters = reporting
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start("a", [.example()], policy: policy)
        for (id, times): (VirtualRouterID, [Nanoseconds]) in [(9, [1.0, 2.0, 10.9, 11.0, 12.0]), (8, [2.0])] {
            for time in times {
                let advert = ForgedAdvertisement(for: .example(id: id), from: .literal("192.0.2.20"), priority: 200)
                lab.at(time) { $0.inject(advert, into: "a") }
            }
        }
        lab.run(until: 20.0)
        return lab
    }

    @Test("They are reported where that is asked for, once in ten seconds for each identifier")
    func reported() {
        let reports = Self.lab(reporting: true).reports(from: "a").compactMap {
            moment, report -> (Nanoseconds, UInt8)? in
            guard case .unknownRouter(let identifier, "eth0", .literal("192.0.2.20")) = report else { return nil }
            return (moment - .zero, identifier)
        }
        #expect(reports.map(\.0) == [1.0, 2.0, 11.0])
        #expect(reports.map(\.1) == [9, 8, 9])
    }

    @Test("They are only counted otherwise")
    func counted() {
        let lab = Self.lab(reporting: false)
        #expect(
            !lab.reports(from: "a").contains {
                if case .unknownRouter = $0.report { true } else { false }
            })
        #expect(lab.snapshot("a").receivers.first?.discards[.virtualRouterID] == 6)
    }
}
