extension CorpusCase {
    private static let plain = instance("VI_1", id: 51, "priority 100")

    /// Comments, quotes, braces and conditions.
    static let language = texts([
        (plain, nil),
        ("", nil), ("\n\n\n", nil), ("# nothing\n! at all\n", nil),
        (plain.replacing("\n", with: "\r\n"), nil),
        (plain.replacing("    ", with: "\t"), nil),
        (plain.replacing(" {", with: "\n{"), nil),
        (plain.replacing(" {", with: "{"), nil),
        (plain.replacing("\n}\n", with: "\n"), .malformedTextIsRefused),
        (plain + "}\n", .malformedTextIsRefused), ("}\n" + plain, .malformedTextIsRefused),
        ("{\n" + plain, .malformedTextIsRefused), (plain + "{\n}\n", .malformedTextIsRefused),
        (plain + "nonsense\n", nil), (plain + "nonsense {\npriority 300\n}\n", nil),
        (plain + "nonsense x\n{\npriority 300\n}\n", nil), (plain + plain, .wrongValueIsRefused),
        (plain + instance("VI_2", id: 51, ""), .wrongValueIsRefused), (plain + instance("VI_2", id: 52, ""), nil),
        (plain + instance("VI_2", id: 52, "").replacing("192.0.2.52", with: "192.0.2.51"), .moreIsSaid),
        (
            "vrrp_instance {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n192.0.2.1\n}\n}\n",
            .wrongValueIsRefused
        ),
        ("vrrp_instance A B {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n192.0.2.1\n}\n}\n", nil),
        ("vrrp_instance \"A B\" {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n192.0.2.1\n}\n}\n", nil),
        ("vrrp_instance A { interface eth0\nvirtual_router_id 1\nvirtual_ipaddress { 192.0.2.1 } }\n", nil),
        (
            "vrrp_instance A\n\n# comment\n{\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress\n{ 192.0.2.1\n} }\n",
            nil
        ),
        ("vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\n}\n", nil),
        ("vrrp_instance A {\ninterface eth0\nvirtual_ipaddress {\n192.0.2.1\n}\n}\n", .wrongValueIsRefused),
        ("vrrp_instance A {\nvirtual_router_id 1\nvirtual_ipaddress {\n192.0.2.1\n}\n}\n", .wrongValueIsRefused),
        (instance("A", id: 1, "@node priority 50"), nil), (instance("A", id: 1, "@other priority 300"), nil),
        (instance("A", id: 1, "@^other priority 50"), nil), (instance("A", id: 1, "@^node priority 300"), nil),
        (instance("A", id: 1, "@node"), .moreIsSaid), (instance("A", id: 1, "@ priority 300"), nil),
        (instance("A", id: 1, "@other @node priority 300"), nil), (instance("A", id: 1, "@node @other x"), nil),
        ("@other vrrp_instance X {\n" + plain, nil), ("@node global_defs {\n@node }\n" + plain, nil),
        (
            plain + "vrrp_instance B { @other priority 300 }\ninterface eth0\nvirtual_router_id 2\n}\n",
            nil
        ),
        (instance("A", id: 1, "authentication { @node auth_type PASS\nauth_pass x\n}"), nil),
        ("global_defs {\nrouter_id \"a # b\"\n}\n" + plain, nil), ("global_defs {\nrouter_id a\\#b\n}\n" + plain, nil),
        ("global_defs {\nrouter_id \"a\n}\n" + plain, .malformedTextIsRefused),
        ("global_defs {\nrouter_id 'a b'\n}\n" + plain, .moreIsSaid),
        ("global_defs {\nrouter_id a\"b\n}\n" + plain, .malformedTextIsRefused),
        ("global_defs {\nrouter_id \"a\"b\n}\n" + plain, .moreIsSaid),
        ("global_defs {\nrouter_id \"a\\\"b\"\n}\n" + plain, .malformedTextIsRefused),
        ("global_defs {\nrouter_id {a}\n}\n" + plain, .wrongValueIsRefused),
        ("global_defs {\nrouter_id \"{a}\"\n}\n" + plain, nil), ("global_defs {\nrouter_id a\\\n}\n" + plain, nil),
        (plain + "# comment \\\n" + instance("B", id: 2, ""), .defectOfKeepalived),
        (instance("A", id: 1, "priority 100 \\"), .wrongValueIsRefused),
        (plain + "# \"\n" + instance("B", id: 2, ""), nil), (plain + "# }\n", nil),
        (plain + "#" + String(repeating: "x", count: 500) + "\n", nil),
        (plain + "#" + String(repeating: "x", count: 1_100) + "\n", .defectOfKeepalived),
        ("global_defs {\nrouter_id " + String(repeating: "x", count: 900) + "\n}\n" + plain, nil),
        ("global_defs {\nrouter_id " + String(repeating: "x", count: 1_100) + "\n}\n" + plain, .malformedTextIsRefused),
        (plain.replacing("\n}\n", with: "\n}"), nil), (plain + "\0", .silenceIsRefused), ("\u{FEFF}" + plain, nil),
        ("global_defs {\nrouter_id \u{e9}\n}\n" + plain, nil), ("global_defs\n" + plain, .malformedTextIsRefused),
    ])
}
