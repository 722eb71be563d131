import Foundation
import NetworkLab
import Testing

@Suite("The exporter beside the real keepalived", .needsImage, .timeLimit(.minutes(2)))
struct RealKeepalivedTests {
    private static let configuration = """
        vrrp_instance web {
            interface eth0
            virtual_router_id 51
            advert_int 0.2
            version 3
            virtual_ipaddress {
                192.0.2.100
            }
        }
        vrrp_instance web6 {
            interface eth0
            virtual_router_id 51
            advert_int 0.2
            version 3
            virtual_ipaddress {
                fe80::100
            }
        }

        """

    @Test("It reads its text files and its JSON, and does not take old files for new ones")
    func formats() async throws {
        try await Lab.with { lab in
            let node = try await lab.host("node", addresses: ["192.0.2.10/24", "fe80::10/64"])
            let pod = try await OperatorPod(on: node)
            let files = try pod.pod.volume("files")
            let file = "\(node.directory)/keepalived.conf"
            try Self.configuration.write(toFile: file, atomically: true, encoding: .utf8)
            let keepalived = try await pod.pod.startOutside(
                [
                    "keepalived", "-n", "-l", "-D", "-P", "-G", "-f", file, "-p", "\(files)/pid", "-r",
                    "\(files)/vrrp.pid",
                ],
                environment: ["TMPDIR": files])
            for name in ["web", "web6"] {
                try await keepalived.waitForLine(containing: "(\(name)) Entering MASTER STATE", within: .seconds(15))
            }
            var exporters: [LabProcess] = []
            for (port, flag) in [(9651, "--ka.json=false"), (9652, "--ka.json")] {
                exporters.append(
                    try await pod.pod.start(
                        ["/usr/local/bin/keepalived_exporter", "--web.listen-address=127.0.0.1:\(port)", flag],
                        volumes: ["\(files):/tmp"]))
                var sent: [Double] = []
                for _ in 0..<2 {
                    let lines = try await pod.scrape(port: port)
                    #expect(lines.contains("keepalived_up 1"), "\(lines)\n\(exporters.last?.output ?? "")")
                    for name in ["web", "web6"] {
                        let labels = #"{intf="eth0",name="\#(name)",state="MASTER",vrid="51"}"#
                        #expect(lines.contains("keepalived_vrrp_become_master\(labels) 1"))
                    }
                    let line = lines.first { $0.hasPrefix("keepalived_vrrp_advert_sent{") }
                    sent.append(try #require(line?.split(separator: " ").last.flatMap { Double($0) }))
                    try await Task.sleep(for: .milliseconds(500))
                }
                #expect(sent[0] < sent[1])
            }
            keepalived.signal(SIGSTOP)
            try await pod.pod.run(["pkill", "-STOP", "keepalived$"])
            #expect(try await pod.scrape(port: 9651).last == "keepalived_up 0")
            try await exporters[0].waitForLine(containing: "has not written", within: .seconds(5))
        }
    }
}
