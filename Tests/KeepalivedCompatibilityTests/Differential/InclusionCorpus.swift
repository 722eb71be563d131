extension CorpusCase {
    /// Files that include others.
    static let inclusions: [CorpusCase] = [
        ("include part.conf", nil), ("include ./part.conf", nil), ("include gone.conf", .missingFileIsNamed),
        ("includer part.conf", nil), ("includer gone.conf", .missingFileIsNamed), ("includem gone.conf", nil),
        ("includew gone.conf", nil), ("includeb gone.conf", .missingFileIsNamed), ("includea gone.conf", nil),
        ("include *.none", nil), ("includer *.none", nil), ("includem *.none", nil), ("includew *.none", nil),
        ("includeb *.none", nil), ("includea *.none", nil), ("include part.*", nil), ("includea part.*", nil),
        ("include gone/*.conf", .missingFileIsNamed), ("includem gone/*.conf", nil), ("includew gone/*.conf", nil),
        ("include {part,other}.conf", nil), ("include {part,gone}.conf", .missingFileIsNamed),
        ("includem {part,gone}.conf", .missingFileIsNamed),
        ("includeb {part,gone}.conf", nil), ("includea {part,gone}.conf", nil),
        ("includer {part,gone}.conf", .missingFileIsNamed),
        ("includeb {gone,lost}.conf", nil), ("includem {gone,lost}.conf", .missingFileIsNamed),
        ("include sub", .missingFileIsNamed),
        ("include \"part.conf\"", nil), ("include", .malformedTextIsRefused), ("includex part.conf", nil),
        ("include part.conf # x", nil),
        ("include part.conf other.conf", .missingFileIsNamed), ("include bad.conf", nil), ("include outer.conf", nil),
        ("@other include gone.conf", nil), ("@other includea gone.conf", nil), ("@node includea gone.conf", nil),
        ("$N=gone\nincludea ${N}.conf", nil), ("include_check\n", nil),
        ("global_defs {\ninclude_check\n}\ninclude gone.conf", nil),
        ("global_defs {\ninclude_check readable\n}\ninclude gone.conf", nil),
        ("global_defs {\ninclude_check match\n}\ninclude gone.conf", nil),
        ("global_defs {\ninclude_check match\n}\ninclude *.none", nil),
        ("global_defs {\ninclude_check wildcard_match\n}\ninclude *.none", nil),
        (
            "global_defs {\ninclude_check\n}\nglobal_defs {\ninclude_check -match\n}\ninclude gone.conf",
            .missingFileIsNamed
        ),
    ].map { line, difference in
        CorpusCase(
            name: "include: \(line)", text: line + "\n" + instance("VI_1", id: 51, ""),
            others: [
                "part.conf": instance("VI_2", id: 52, ""), "other.conf": instance("VI_3", id: 53, ""),
                "bad.conf": instance("VI_4", id: 54, "nonsense"), "outer.conf": "include part.conf\n",
            ], difference: difference)
    }
}
