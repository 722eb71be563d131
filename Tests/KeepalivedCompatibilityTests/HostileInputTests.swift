import Testing
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Hostile input")
struct HostileInputTests {
    /// A generator whose sequence follows from its seed.
    struct SeededGenerator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = state
            value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
            return value ^ (value >> 31)
        }
    }

    private static let valid = """
        ! a comment
        global_defs {
            router_id "node 1"
            vrrp_version 3
            vrrp_garp_interval 0.001
            vrrp_mcast_group4 224.0.0.18
        }
        @node vrrp_instance VI_1 {
            state BACKUP
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 0.5
            authentication { auth_type PASS
                auth_pass secret }
            unicast_peer {
                192.0.2.2 min_ttl 250
                192.0.2.3
            }
            track_interface { eth1 weight -10 reverse }
            use_vmac vr0
            virtual_ipaddress {
                192.0.2.1/24 dev eth0 label eth0:1 scope link brd +
            }
            virtual_ipaddress_excluded { 2001:db8::1/64 }
            garp_master_delay 3
        }
        vrrp_instance VI_2 {
            interface eth0
            virtual_router_id 52
            virtual_ipaddress { fe80::1
                2001:db8::2/64 }
        }
        include k.conf
        """

    private static let splices = [
        "{", "}", "\"", "\n", "\r\n", "#", "!", "\\", "@", "@^", "$A=", "$A", "${A}", "$A= \\\n", "~SEQ(i,1,9) ",
        "~LST({a,b},{1,2}) ", "${_RANDOM 1 255}", "~", "$", ",", ")", "\0", "\u{301}", "é", " ", "\t",
        "include k.conf\n", "include ", "include {a,*}\n", "vrrp_instance ", "99999999999999999999", "-1",
        "0.0000000000001", ".", "/",
        "255", "256", "::", "fe80::1", "label", "dev", "brd -", "weight", "nopreempt\n", "state MASTER\n",
    ].map { Array($0.utf8) }

    @Test("A configuration with random changes is read to its end, 20,000 times", arguments: 0..<4)
    func mutations(_ part: Int) throws {
        let valid = Array(Self.valid.utf8)
        for seed in (part * 5_000)..<(part * 5_000 + 5_000) {
            var generator = SeededGenerator(state: UInt64(seed))
            var octets = valid
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let position = Int.random(in: 0..<max(1, octets.count), using: &generator)
                let end = min(octets.count, position + Int.random(in: 0...20, using: &generator))
                switch Int.random(in: 0..<5, using: &generator) {
                case 0:
                    octets[position..<min(octets.count, position + 1)] = [UInt8.random(in: 0...255, using: &generator)]
                case 1: octets.removeSubrange(position..<end)
                case 2: octets.insert(contentsOf: octets[position..<end], at: position)
                case 3: octets.insert(contentsOf: Self.splices.randomElement(using: &generator) ?? [], at: position)
                default: octets.removeSubrange(end...)
                }
                if octets.isEmpty { octets = [0] }
            }
            var source = MemorySource([:])
            source.files["k.conf"] = ConfigurationFile(octets: octets)
            let configuration = try KeepalivedConfiguration.load(
                path: "k.conf", source: source, configurationID: "node")
            #expect(
                configuration.hasErrors == configuration.diagnostics.contains { $0.severity == .error }, "seed \(seed)")
            if !configuration.hasErrors {
                #expect(throws: Never.self, "seed \(seed)") { try configuration.definitions.validate() }
            }
            for diagnostic in configuration.diagnostics where diagnostic.description.contains("\n") {
                Issue.record("seed \(seed): a diagnostic of several lines: \(diagnostic)")
            }
        }
    }

    @Test("Random octets are read to their end")
    func noise() throws {
        var generator = SeededGenerator(state: 112)
        for _ in 0..<500 {
            var source = MemorySource([:])
            let count = Int.random(in: 0...4000, using: &generator)
            source.files["k.conf"] = ConfigurationFile(
                octets: (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
            _ = try KeepalivedConfiguration.load(path: "k.conf", source: source, configurationID: "")
        }
    }

    @Test(
        "Large and monotonous texts take time in proportion to their size",
        .timeLimit(.minutes(1)),
        arguments: [
            "{", "}", "{}", "a{", "a ", "\"", "\n", "a\n", "a{\n", "a{}\n", "#", "\\#", "@a b\n", "vrrp_instance A{}\n",
        ])
    func monotony(_ piece: String) throws {
        let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
        for prefix in ["", "vrrp_instance A {\n", "vrrp_instance A {\nvirtual_ipaddress {\n"] {
            _ = try load(prefix + text)
        }
    }

    @Test(
        "So do texts full of definitions and sequences",
        .timeLimit(.minutes(1)),
        arguments: [
            "$", "$A", "$A=$A\n$A\n", "$A= \\\n$A \\\n$A\n\n$A\n", "{$A=1\n", "{ ~SEQ(i,1,9) {", "~SEQ(i,1,99) $i\n",
        ])
    func expansions(_ piece: String) throws { _ = try load(String(repeating: piece, count: 20_000 / piece.utf8.count)) }

    @Test("Thousands of instances are translated", .timeLimit(.minutes(1)))
    func manyInstances() throws {
        let text = (0..<4_080).map { number in
            """
            vrrp_instance VI_\(number) {
                interface eth\(number / 255)
                virtual_router_id \(number % 255 + 1)
                virtual_ipaddress { 10.\(number >> 8).\(number & 255).1/24 }
            }
            """
        }.joined(separator: "\n")
        let configuration = try load(text)
        #expect(configuration.diagnostics == [])
        #expect(configuration.definitions.virtualRouters.count == 4_080)
        try configuration.definitions.validate()
    }
}
