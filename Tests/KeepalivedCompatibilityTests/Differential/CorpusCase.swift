/// A configuration that is given to keepalived and to this program.
struct CorpusCase {
    /// What the case is about.
    var name: String
    /// The main file.
    var text: String
    /// Files beside it, by their names.
    var others: [String: String] = [:]
    /// Why the verdicts differ; nil where they must be the same.
    var difference: Difference?

    /// Cases in which one line, or several, stands in an instance that lacks nothing else.
    static func inInstance(_ lines: [(String, Difference?)]) -> [CorpusCase] {
        lines.map { line, difference in
            CorpusCase(
                name: "vrrp_instance: \(line)", text: Self.instance("VI_1", id: 51, line), difference: difference)
        }
    }

    /// Cases in which one line, or several, stands in `global_defs`.
    static func inGlobalDefinitions(_ lines: [(String, Difference?)]) -> [CorpusCase] {
        lines.map { line, difference in
            CorpusCase(
                name: "global_defs: \(line)",
                text: "global_defs {\n\(line)\n}\n" + Self.instance("VI_1", id: 51, ""), difference: difference)
        }
    }

    /// Cases of whole texts.
    static func texts(_ texts: [(String, Difference?)]) -> [CorpusCase] {
        texts.map { text, difference in
            CorpusCase(name: "text: \(text.prefix(60))", text: text, difference: difference)
        }
    }

    /// An instance that lacks nothing.
    static func instance(_ name: String, id: Int, _ lines: String) -> String {
        """
        vrrp_instance \(name) {
            interface eth0
            virtual_router_id \(id)
            \(lines)
            virtual_ipaddress {
                192.0.2.\(id)/24
            }
        }

        """
    }
}
