import Foundation
import JSONDocument
import NetworkLab
import Testing

@Suite("Who watches many virtual routers", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(3)))
struct WatchTests {
    private static let object = "shop"
    private static let routersOfInterface = 250

    /// So many routers, of which the first hundred come and go with a tracked object; all wait longer than the test takes.
    private static func configuration(_ count: Int) -> VRRPDaemon.Configuration {
        .routers(
            (0..<count).map { number in
                let (interface, id) = (number / routersOfInterface, number % routersOfInterface + 1)
                var members: JSONObject = [
                    "interface": .string("eth\(interface)"), "advertisementIntervalMilliseconds": 40_000,
                ]
                if number < 100 { members["tracking"] = ["conditions": [["external": .string(object)]]] }
                return RouterText.router(
                    "R\(number)", id: UInt8(id), addresses: ["198.51.\(100 + interface).\(id)"], with: members)
            })
    }

    /// What is known of a router: its state, and whether it has faults.
    private struct Knowledge: Hashable {
        var state: String
        var isFaulty: Bool
    }

    /// Checks that the lines of a watcher begin with a status, from which each report follows from those before.
    ///
    /// - Returns: The number of the last event.
    private static func check(_ lines: [String], count: Int) throws -> Int {
        let nodes = try lines.map { JSONReader(try JSONNode.parse($0)) }
        var routers: [String: Knowledge] = [:]
        for router in try #require(nodes.first).member("status").member("virtualRouters").elements() {
            routers[try router.member("name").string()] = Knowledge(
                state: try router.member("state").string(),
                isFaulty: try !router.member("faults").elements().isEmpty)
        }
        #expect(routers.count == count)
        var last: Int?
        for node in nodes.dropFirst() {
            let report = try node.member("report")
            let name = try report.member("router").string()
            let sequence: Int = try report.member("sequence").integer()
            #expect(last.map { $0 + 1 == sequence } ?? true, "\(sequence) behind \(last ?? 0)")
            last = sequence
            switch try report.member("kind").string() {
            case "transition":
                #expect(try routers[name]?.state == report.member("from").string(), "\(name) at \(sequence)")
                routers[name]?.state = try report.member("to").string()
            case "faults":
                let isFaulty = try !report.member("faults").elements().isEmpty
                #expect(routers[name]?.isFaulty == !isFaulty, "\(name) at \(sequence)")
                routers[name]?.isFaulty = isFaulty
            default: continue
            }
        }
        return try #require(last)
    }

    @Test(
        "One that comes at any moment gets the status, and then each report once and in order", arguments: [255, 1000])
    func watchers(count: Int) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            for number in 1..<4 {
                try await lab.addInterface("eth\(number)", to: dut.host, addresses: ["192.0.\(number + 2).10/24"])
            }
            let daemon = try await VRRPDaemon.start(
                on: dut.host, Self.configuration(count), arguments: ["--log-level", "notice"])
            try await daemon.waitForState(.backup, of: "R\(count - 1)", within: .seconds(60))
            async let changes: Void = {
                for turn in 1...16 {
                    #expect(try await daemon.track([Self.object: !turn.isMultiple(of: 2)]) == [])
                    try await Task.sleep(for: .milliseconds(100))
                }
            }()
            // The first one reads nothing of it for a while, not even the status.
            let files = (0..<6).map { "\(dut.host.directory)/watcher-\($0)" }
            var watchers: [LabProcess] = []
            for (number, file) in files.enumerated() {
                watchers.append(
                    try await daemon.say(["request": "watch"], readingAfter: number == 0 ? 4 : 0, into: file))
                try await Task.sleep(for: .milliseconds(170))
            }
            try await changes
            // Once more, for those that came last.
            #expect(try await daemon.track([Self.object: true]) == [])
            let answer = try await daemon.say(["request": "events", "since": 1_000_000])
                .waitForLine(containing: "\"events\"", within: .seconds(20)).text
            let last: Int = try JSONReader(JSONNode.parse(answer)).member("events").member("last").integer()
            for (watcher, file) in zip(watchers, files) {
                try await watcher.waitForLine(containing: "\"sequence\":\(last),", within: .seconds(30))
                let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
                #expect(try Self.check(lines, count: count) == last)
            }
        }
    }
}
