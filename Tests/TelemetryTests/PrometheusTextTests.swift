import Telemetry
import Testing

@Suite("Prometheus' text format")
struct PrometheusTextTests {
    @Test("Families stand by name and values by label, whatever the order they came in")
    func order() {
        var second = MetricFamily("vrrp_sent_total", help: "Adverts sent", kind: .counter)
        second.set(2, labels: ["name": "b", "intf": "eth0"])
        second.set(1, labels: ["intf": "eth0", "name": "a"])
        var first = MetricFamily("up", help: "Status", kind: .gauge)
        first.set(1)
        #expect(
            Exposition.text(of: [second, first]) == """
                # HELP up Status
                # TYPE up gauge
                up 1
                # HELP vrrp_sent_total Adverts sent
                # TYPE vrrp_sent_total counter
                vrrp_sent_total{intf="eth0",name="a"} 1
                vrrp_sent_total{intf="eth0",name="b"} 2

                """)
    }

    @Test("Values of many rows at once are the same as one after the other, in whatever order the rows stand")
    func tables() {
        let labels: [MetricLabels] = [["name": "b"], ["name": "a"], ["name": "b"]]
        let states: [MetricLabels] = [["state": "x"], ["state": "y"]]
        for rows in [labels, [labels[1], labels[0]], []] {
            for columns in [[.none], states, states.reversed()] {
                var table = MetricFamily("up", help: "Status", kind: .gauge)
                var single = table
                // One of them is as long as a number can be.
                let values = (0..<rows.count * columns.count).map {
                    $0 == 1 ? -2.2250738585072014e-308 : Double($0) * 7
                }
                table.set(values, rows: MetricRows(rows), columns: columns)
                for (place, value) in values.enumerated() {
                    single.set(value, labels: rows[place / columns.count], further: columns[place % columns.count])
                }
                #expect(Exposition.text(of: [table]) == Exposition.text(of: [single]))
                #expect(table == single)
            }
        }
    }

    @Test("Quotes, backslashes and line feeds cannot leave a label, nor a help text its line")
    func escaping() {
        var family = MetricFamily("up", help: "a \\ \"b\"\nup 2", kind: .gauge)
        family.set(1, labels: ["name": "x\"} 9\n\\y\u{1F600}"])
        #expect(
            Exposition.text(of: [family])
                == "# HELP up a \\\\ \"b\"\\nup 2\n# TYPE up gauge\nup{name=\"x\\\"} 9\\n\\\\y\u{1F600}\"} 1\n")
    }

    @Test(
        "Values have the format's own words",
        arguments: [
            (0, "0"), (-1, "-1"), (0.25, "0.25"), (9_007_199_254_740_992, "9007199254740992"), (1e300, "1e+300"),
            (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
        ] as [(Double, String)])
    func values(value: Double, text: String) {
        var family = MetricFamily("up", help: "Status", kind: .gauge)
        family.set(value)
        #expect(Exposition.text(of: [family]).hasSuffix("\nup \(text)\n"))
    }

    @Test("The same labels have one value, the last; a family without values has no lines")
    func distinct() {
        var family = MetricFamily("up", help: "Status", kind: .gauge)
        #expect(Exposition.text(of: [family]).isEmpty)
        family.set(1, labels: ["a": "1", "b": "2"])
        family.set(0, labels: ["b": "2", "a": "1"])
        #expect(family.samples.map(\.labels) == [["a": "1", "b": "2"]] && family.samples[0].value == .number(0))
    }
}
