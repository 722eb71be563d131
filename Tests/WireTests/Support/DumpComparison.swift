import Foundation
import Testing

/// Holds the dump files of vrrpd against those of keepalived.
enum DumpComparison {
    /// Every object has the same keys in the same order, with the same values unless time makes the difference.
    static func compareJSON(_ ours: [String: String], _ theirs: [String: String], instances: [String]) throws {
        let texts = [try #require(ours["keepalived.json"]), try #require(theirs["keepalived.json"])]
        func keys(_ text: String) -> [String] { text.matches(of: /"([a-z_]+)":/).map { String($0.1) } }
        #expect(keys(texts[0]) == keys(texts[1]))
        #expect(texts[0].filter { $0 == "\n" }.count == 1 && !texts[0].contains(": "))
        let lists = try texts.map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [[String: [String: Any]]])
        }
        #expect(lists[0].map { $0["data"]?["iname"] as? String } == instances && lists[1].count == instances.count)
        for (own, other) in zip(lists[0], lists[1]) {
            let (own, other) = (try #require(own["data"]), try #require(other["data"]))
            let name = "\(other["iname"] ?? "")"
            for (key, value) in other where !["last_transition", "auth_data"].contains(key) {
                #expect("\(own[key] ?? "missing")" == withoutState("\(value)"), "\(name): \(key)")
            }
            let transition = try #require(own["last_transition"] as? Double)
            #expect(abs(transition - Date().timeIntervalSince1970) < 60)
            #expect(own["auth_data"] as? String == (other["auth_data"] == nil ? nil : "********"))
        }
    }

    /// Every line of an instance or a group stands in both files, unless ``leftOut`` names it.
    static func compareData(_ ours: [String: String], _ theirs: [String: String], instances: [String]) throws {
        let (own, other) = (try #require(ours["keepalived.data"]), try #require(theirs["keepalived.data"]))
        for name in instances {
            let (lines, expected) = (block(name, of: own), block(name, of: other))
            #expect(comparable(lines) == comparable(expected).map(withoutState), "\(name)")
            let transition = line("Last transition", of: name, in: own)
            #expect(transition?.contains(#/= [0-9]+\.[0-9]{6} \([A-Z][a-z]{2} [A-Z][a-z]{2} .*/#) == true)
            // What an exporter looks for stands before the first line of an instance without "=".
            let readable = lines.prefix { $0.contains(" = ") }
            for key in ["State", "Wantstate", "Last transition", "Interface", "Virtual Router ID"] {
                #expect(readable.contains { $0.hasPrefix("   \(key) = ") }, "\(name): \(key)")
            }
            #expect(lines.contains { !$0.contains("=") })
        }
        let (headings, expected) = (self.headings(own), self.headings(other))
        #expect(Set(headings).subtracting(expected).isSubset(of: ["VRRP Scripts"]))
        let missing = expected.filter { !headings.contains($0) }
        #expect(missing.filter { !$0.hasPrefix("G") } == ["VRRP Sockpool", "Interfaces"])
        // When the next announcements may be sent.
        #expect(
            missing.filter { $0.hasPrefix("G") }.allSatisfy {
                $0 == "Gratuitous ARP delays" || $0.hasPrefix("GARP delay group")
            })
        let globals = [own, try #require(ours["keepalived_parent.data"])].map { section("Global definitions", of: $0) }
        let theirGlobals = [other, try #require(theirs["keepalived_parent.data"])].map {
            let lines = section("Global definitions", of: $0)
            let leftOut = leftOutOfGlobals + (lines.contains(unaskedTable[0][...]) ? unaskedTable : [])
            return lines.filter { line in !leftOut.contains(where: line.hasPrefix) }
        }
        for (lines, expected) in zip(globals, theirGlobals) {
            #expect(lines.filter { !$0.hasPrefix(checksSources) } == expected.filter { !$0.hasPrefix(checksSources) })
            #expect(lines.contains { $0 == checksSources + "true" })
        }
        for heading in headings where heading != "Global definitions" && heading != "VRRP Topology" {
            #expect(section(heading, of: own) == section(heading, of: other), "\(heading)")
        }
    }

    /// Of routes of IPv6 keepalived says besides that it has made them, with an interface number of 0.
    private static func withoutState(_ text: String) -> String { text.replacing(" [installed ifindex 0]", with: "") }

    /// What only keepalived says: limits, what it is made of, and its umask, which it has always.
    private static let leftOutOfGlobals = [
        " libnftnl version ", " VRRP realtime limit ", " Checker realtime limit ", " BFD realtime limit ",
        " umask = 0177",
    ]
    /// The table that it makes where no_accept needs one and nobody has named it.
    private static let unaskedTable = [
        " nftables table name = keepalived", " nftables base chain priority = ", " nftables don't force use ",
    ]
    /// Unicast adverts are accepted from peers alone in any case.
    private static let checksSources = " VRRP check unicast_src = "

    /// What only keepalived says: the numbers of its sockets, and flags that it has for itself.
    private static let leftOut = ["   fd_in ", "   Flags:"]

    /// The lines of an instance, those of a list behind its heading, in an order that is the same for both.
    private static func comparable(_ lines: [Substring]) -> [String] {
        var heading = ""
        var result: [String] = []
        for line in lines {
            if line.hasPrefix("     ") {
                result.append("\(heading) \(line.dropFirst(5))")
                continue
            }
            heading = String(line.dropFirst(3))
            if leftOut.contains(where: line.hasPrefix) { continue }
            result.append(
                heading.replacing(#/^(Last transition|Read timeout|Password) = .*/#) { "\($0.output.1)" }
                    .replacing(#/, ifindex [0-9]+$/#, with: ""))
        }
        return result.sorted()
    }

    /// The line of an instance for a key.
    static func line(_ key: String, of name: String, in text: String) -> Substring? {
        block(name, of: text).first { $0.hasPrefix("   \(key) = ") }
    }

    private static func block(_ name: String, of text: String) -> [Substring] {
        guard let start = text.firstRange(of: " VRRP Instance = \(name)\n") else { return [] }
        return Array(text[start.upperBound...].split(separator: "\n").prefix { $0.hasPrefix("   ") })
    }

    private static func headings(_ text: String) -> [Substring] {
        text.matches(of: /------< (.*) >------/).map(\.1)
    }

    /// The lines of a section of a dump.
    static func section(_ name: some StringProtocol, of text: String) -> [Substring] {
        guard let start = text.firstRange(of: "------< \(name) >------\n") else { return [] }
        return text[start.upperBound...].split(separator: "\n").prefix { !$0.hasPrefix("------<") }
    }
}
