import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("Requests that change something", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct ControlRequestTests {
    private static let object = "endpoints of shop/web"
    private static let tracking: JSONObject = [
        "advertisementIntervalMilliseconds": 100,
        "tracking": ["conditions": [["external": .string(object)]]],
    ]

    @Test("A tracked object that is told to be bad takes the address away, and one that is good brings it back")
    func track() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(on: dut.host, .routers([RouterText.router(with: Self.tracking)]))
            let status = try await daemon.status(when: "a fault") { try $0.router().faultCount == 1 }
            #expect(try status.trackedObjects == [Self.object: nil])
            #expect(
                try await daemon.track([Self.object: true, "endpoints of shop/none": true]) == [
                    "endpoints of shop/none"
                ])
            try await dut.waitUntil(holds: true, "192.0.2.100")

            let down = daemon.process.lines.end
            #expect(try await daemon.track([Self.object: false]) == [])
            try await daemon.waitForState(.initialize, of: "VR", after: down)
            try await dut.waitUntil(holds: false, "192.0.2.100")
            try await daemon.process.waitForLine(
                containing: "tracked object \(Self.object) is bad", within: .seconds(15))

            let up = daemon.process.lines.end
            #expect(try await daemon.track([Self.object: true]) == [])
            try await daemon.waitForState(.active, of: "VR", after: up)
            try await dut.waitUntil(holds: true, "192.0.2.100")
        }
    }

    @Test("A reload through the socket is answered with what came of it, and tracked states outlive it")
    func reload() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let router = RouterText.router(with: Self.tracking)
            let daemon = try await VRRPDaemon.start(on: dut.host, .routers([router], generation: 7))
            try await daemon.status(when: "a fault") { try $0.router().faultCount == 1 }
            #expect(try await daemon.track([Self.object: true]) == [])
            try await daemon.waitForState(.active, of: "VR")

            let second = RouterText.router("TWO", id: 78, addresses: ["192.0.2.102"], with: Self.tracking)
            try daemon.write(.routers([router, second], generation: 8))
            let good = try await daemon.reloadThroughSocket()
            #expect(try good.member("generation").integer() == 8)
            #expect(try good.member("inForce").bool())
            #expect(try good.optionalMember("error") == nil)
            try await daemon.waitForState(.active, of: "TWO")
            #expect(try await daemon.status().router("VR").counter("master-transitions") == 1)

            try daemon.write(.routers([RouterText.router(with: ["priority": 300])], generation: 9))
            let bad = try await daemon.reloadThroughSocket()
            #expect(try bad.member("generation").integer() == 8)
            #expect(try !bad.member("inForce").bool())
            let error = try bad.member("error").string()
            #expect(
                error.contains("vrrpd-configuration:1:") && error.contains("virtualRouters[0].priority"), "\(error)")
            #expect(try await daemon.status().routers.map(\.state) == [.active, .active])
        }
    }

    @Test("A group can be let in, and nobody else is")
    func group() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(
                on: dut.host, .routers([RouterText.router()]), arguments: ["--control-group", "65532"])
            _ = try await daemon.status(when: "anything") { _ in true }
            let mode = try await dut.host.run("/usr/bin/stat", ["-c", "%a %u:%g", "/run/vrrpd.sock"])
            #expect(mode == "660 0:65532")
            let status = [Programs.vrrpctl, "status", "--json", "--control-socket", "/run/vrrpd.sock"]
            let member = ["--reuid", "65532", "--regid", "65532", "--clear-groups"]
            let answer = try await dut.host.run("/usr/bin/setpriv", member + status)
            #expect(answer.contains("\"virtualRouters\""))
            let stranger = ["--reuid", "65532", "--regid", "65531", "--clear-groups"]
            await #expect(throws: LabError.self) { try await dut.host.run("/usr/bin/setpriv", stranger + status) }
        }
    }
}
