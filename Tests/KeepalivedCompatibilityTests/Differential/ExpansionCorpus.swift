extension CorpusCase {
    /// Definitions, sequences and lists.
    static let expansions = texts([
        ("$P=50\n" + instance("A", id: 1, "priority $P"), nil),
        ("$P=50\n" + instance("A", id: 1, "priority ${P}"), nil),
        ("$P=5\n" + instance("A", id: 1, "priority ${P}0"), nil),
        ("$P=300\n" + instance("A", id: 1, "priority $P"), .wrongValueIsRefused),
        ("$P=\n" + instance("A", id: 1, "priority 5${P}0"), nil),
        ("$P=50\n" + instance("A", id: 1, "priority $P0"), .wrongValueIsRefused),
        ("$P=50\n" + instance("A", id: 1, "priority \"$P\""), .wrongValueIsRefused),
        ("$P=50\n" + instance("A", id: 1, "priority \"${P}\""), nil),
        ("$P =50\n" + instance("A", id: 1, "priority 50"), nil),
        ("$P= 50 \n" + instance("A", id: 1, "priority $P"), nil),
        ("$1P=50\n" + instance("A", id: 1, ""), nil),
        (instance("A", id: 1, "priority $P"), .wrongValueIsRefused),
        (instance("A", id: 1, "priority ${P}"), .wrongValueIsRefused),
        ("global_defs {\nrouter_id a$b\n}\n" + instance("A", id: 1, ""), .moreIsSaid),
        ("$P=$Q\n$Q=50\n" + instance("A", id: 1, "priority $P"), nil),
        ("$P=${Q}0\n$Q=5\n" + instance("A", id: 1, "priority $P"), nil),
        ("$P=50\n$P=60\n" + instance("A", id: 1, "priority $P"), nil),
        ("@node $P=50\n@^node $P=300\n" + instance("A", id: 1, "priority $P"), nil),
        ("$ON=@node\n" + instance("A", id: 1, "$ON priority 50"), .defectOfKeepalived),
        ("$OFF=@other\n" + instance("A", id: 1, "$OFF priority 300"), nil),
        (instance("A", id: 1, "$P=50\npriority $P"), nil),
        ("$P=50 # comment\n" + instance("A", id: 1, "priority $P"), nil),
        ("$P=50 ${_HASH} 60\n" + instance("A", id: 1, "priority $P"), nil),
        (instance("A", id: 1, "priority 50${_HASH}0"), nil), (instance("A", id: 1, "priority 50${_BANG}0"), nil),
        ("global_defs {\nrouter_id \"a${_HASH}b\"\n}\n" + instance("A", id: 1, ""), nil),
        ("$P=5\\#0\n" + instance("A", id: 1, "priority $P"), nil),
        (instance("A", id: 1, "priority ${_RANDOM 1 254}"), nil),
        (instance("A", id: 1, "priority ${_RANDOM 300 400}"), .wrongValueIsRefused),
        ("global_defs {\nrouter_id ${_INSTANCE}\n}\n" + instance("A", id: 1, ""), nil),
        (instance("A", id: 1, "priority ${_INSTANCE}"), .wrongValueIsRefused),
        (instance("A", id: 1, "priority ${_TIME}"), .wrongValueIsRefused),
        ("global_defs {\nrouter_id ${_PWD}\n}\n" + instance("A", id: 1, ""), nil),
        ("$B= \\\npriority 50 \\\nnopreempt\n" + instance("A", id: 1, "$B"), nil),
        ("$B=priority 50 \\\nnopreempt\n" + instance("A", id: 1, "$B"), nil),
        ("$B=priority 50 \\\n\n" + instance("A", id: 1, "$B"), nil),
        ("$B= \\\npriority 50 \\\n\nnopreempt\n" + instance("A", id: 1, "$B"), nil),
        ("$B= \\\npriority 50 \\\n# comment\nnonsense\n" + instance("A", id: 1, "$B"), nil),
        ("$B= \\\npriority 50 \\\n   \nnonsense\n" + instance("A", id: 1, "$B"), nil),
        ("$B= \\\npriority 50 \\\n# comment \\\nnopreempt\n" + instance("A", id: 1, "$B"), nil),
        ("$B= \\\npriority 50 # comment \\\nnopreempt\n" + instance("A", id: 1, "$B"), nil),
        ("$B= \\\npriority 50\n" + instance("A", id: 1, "$B nonsense"), .moreIsSaid),
        ("$B=priority \\\n50\n" + instance("A", id: 1, "$B 50"), nil),
        (
            "$C=priority 50 \\\nnopreempt\n$B= \\\ngarp_master_delay 3 \\\n$C \\\nversion 3\n"
                + instance("A", id: 1, "$B"), nil
        ),
        (
            "$I= \\\nvrrp_instance V${N} { \\\ninterface eth0 \\\nvirtual_router_id ${N} \\\nvirtual_ipaddress { \\\n"
                + "192.0.2.${N} \\\n} \\\n}\n$N=1\n$I\n$N=2\n$I\n", nil
        ),
        (
            "$I= \\\nvrrp_instance V${N} { \\\ninterface eth0 \\\nvirtual_router_id ${N} \\\nvirtual_ipaddress { \\\n"
                + "192.0.2.${N} \\\n} \\\n}\n~SEQ(N, 1, 9) $I\n", nil
        ),
        (
            "$I= \\\nvrrp_instance V${N} { \\\ninterface eth0 \\\nvirtual_router_id ${N} \\\nvirtual_ipaddress { \\\n"
                + "192.0.2.${N} \\\n} \\\n}\n~SEQ(N, 0, 9) $I\n", .wrongValueIsRefused
        ),
        (
            "$I= \\\nvrrp_instance V${N} { \\\ninterface eth0 \\\nvirtual_router_id ${N} \\\nvirtual_ipaddress { \\\n"
                + "192.0.2.${N} \\\n} \\\n}\n~LST({N, X}, {1, a}, {7, b}) $I\n", nil
        ),
        (addresses("~SEQ(i, 1, 3) 192.0.2.${i}"), nil), (addresses("~SEQ(i, 3) 192.0.2.${i}"), nil),
        (addresses("~SEQ(i, 1, 2, 9) 192.0.2.${i}"), nil), (addresses("~SEQ(i, 9, -2, 1) 192.0.2.${i}"), nil),
        (addresses("~SEQ(i, 9, 1) 192.0.2.${i}"), nil), (addresses("~SEQ(i, 5, 5) 192.0.2.${i}"), nil),
        (addresses("~SEQ(i, 250, 260) 192.0.2.${i}"), .wrongValueIsRefused),
        (addresses("~SEQ(i, 1, 3) 192.0.2.$i"), nil),
        (addresses("~SEQ(i, 0x10, 0x12) 192.0.2.${i}"), nil), (addresses("~SEQx(i, 1, 9) 192.0.2.${i}"), nil),
        (addresses("~SEQ(i, 1, 2) ~SEQ(j, 1, 2) 192.0.${i}.${j}"), nil),
        (addresses("~SEQ(i, 1, 0, 3) 192.0.2.${i}"), .malformedTextIsRefused),
        (addresses("~SEQ(i, 1, -1, 3) 192.0.2.${i}"), .malformedTextIsRefused),
        (addresses("~SEQ(i) 192.0.2.${i}"), .malformedTextIsRefused),
        (addresses("~SEQ(i, x) 192.0.2.${i}"), .malformedTextIsRefused),
        (addresses("~SEQ i 192.0.2.${i}"), .malformedTextIsRefused),
        (addresses("~SEQx(i, -1, 1) 192.0.2.1"), .wrongValueIsRefused),
        ("$M=3\n" + addresses("~SEQ(i, 1, $M) 192.0.2.${i}"), nil), (addresses("~SEQ (i, 1, 3) 192.0.2.${i}"), nil),
        (addresses("~SEQ(i, 1, 3)"), nil),
        (addresses("~SEQ(i, 1, 2, 3, 4) 192.0.2.${i}"), .malformedTextIsRefused),
        (addresses("~LST(i, 1, 7) 192.0.2.${i}"), nil), (addresses("~LST(i, 192.0.2.1, 192.0.2.9) ${i}/24"), nil),
        (addresses("~LST({i, j}, {1, 2}, {3, 4}) 192.0.${i}.${j}"), nil),
        (addresses("~LST({i, j}, {1, 2}, {3, 4, 5}) 192.0.${i}.${j}"), .malformedTextIsRefused),
        (addresses("~LST({i, j}, {1}) 192.0.${i}.1${j}"), nil),
        (addresses("~LST(i) 192.0.2.1"), .malformedTextIsRefused),
        (addresses("~LST(i, 1 7) 192.0.2.${i}"), .malformedTextIsRefused),
        (addresses("~LST i 192.0.2.1"), .malformedTextIsRefused),
        (addresses("~LST(i, 1, 2) ~LST(j, 3, 4) 192.0.${i}.${j}"), nil),
        (addresses("~LST(i, 1, 2) ~SEQ(j, 3, 4) 192.0.${i}.${j}"), nil),
        (addresses("~OTHER(i, 1) 192.0.2.1"), .wrongValueIsRefused),
        ("$S=~SEQ(i, 1, 3) 192.0.2.${i}\n" + addresses("$S"), nil),
        ("$S=~SEQ(i, 1, 3)\n" + addresses("$S 192.0.2.1${i}"), nil),
        (addresses("~SEQ(i, 1, 3) @node 192.0.2.${i}"), nil),
        (addresses("@other ~SEQ(i, 1, 3) nonsense"), nil),
        (instance("A", id: 1, "virtual_ipaddress_excluded { ~SEQ(i, 7, 9) 192.0.2.${i}\n}"), nil),
        ("$A=x $A\n" + instance("A", id: 1, ""), nil),
        (
            "$A=" + String(repeating: "x", count: 900) + "\nglobal_defs {\nrouter_id ${A}${A}\n}\n"
                + instance("A", id: 1, ""), .malformedTextIsRefused
        ),
    ])

    /// An instance with one line, or several, in its list of addresses.
    private static func addresses(_ lines: String) -> String {
        "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n\(lines)\n}\n}\n"
    }
}
