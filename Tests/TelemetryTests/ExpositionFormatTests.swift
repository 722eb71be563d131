import Telemetry
import Testing

@Suite("Choosing and writing a text format")
struct ExpositionFormatTests {
    @Test(
        "The format is the one that the scraper prefers, and Prometheus' own where it has no wish",
        arguments: [
            (nil, .prometheusText), ("", .prometheusText), ("*/*", .prometheusText), ("text/html", .prometheusText),
            ("application/openmetrics-text", .openMetrics),
            ("application/openmetrics-text; version=1.0.0; charset=utf-8", .openMetrics),
            ("application/openmetrics-text; version=\"1.0.0\"", .openMetrics),
            ("application/openmetrics-text;version=2.0.0,text/plain;q=0.1", .prometheusText),
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetrics
            ),
            ("application/openmetrics-text;q=0.2,text/plain;q=0.3", .prometheusText),
            ("APPLICATION/OpenMetrics-Text ; Q=0.9 , text/plain;q=0.3", .openMetrics),
            ("application/openmetrics-text;q=0", .prometheusText),
            ("application/openmetrics-text;q=nan,;;,", .prometheusText),
        ] as [(String?, ExpositionFormat)])
    func choice(accept: String?, format: ExpositionFormat) {
        #expect(ExpositionFormat(accept: accept) == format)
    }

    @Test("OpenMetrics names counters without their suffix, leaves established names alone, and ends with a mark")
    func openMetrics() {
        var total = MetricFamily("sent_total", help: "Adverts \"sent\"", kind: .counter)
        total.set(2, labels: ["name": "a"])
        var established = MetricFamily("keepalived_vrrp_advert_sent", help: "Advertisements sent", kind: .counter)
        established.set(2)
        #expect(
            Exposition.text(of: [total, established], format: .openMetrics) == """
                # HELP keepalived_vrrp_advert_sent Advertisements sent
                # TYPE keepalived_vrrp_advert_sent unknown
                keepalived_vrrp_advert_sent 2
                # HELP sent Adverts \\"sent\\"
                # TYPE sent counter
                sent_total{name="a"} 2
                # EOF

                """)
        #expect(Exposition.text(of: [], format: .openMetrics) == "# EOF\n")
    }

    @Test("A histogram counts upwards, and its bounds are the same labels in both formats")
    func histogram() {
        var family = MetricFamily("late_seconds", help: "How late", kind: .histogram)
        family.set(
            MetricHistogram(
                buckets: [.init(upperBound: 0.5, count: 2), .init(upperBound: 1, count: 0)], beyond: 1, sum: 7.25),
            labels: ["name": "a"])
        let lines = """
            late_seconds_bucket{name="a",le="0.5"} 2
            late_seconds_bucket{name="a",le="1.0"} 2
            late_seconds_bucket{name="a",le="+Inf"} 3
            late_seconds_sum{name="a"} 7.25
            late_seconds_count{name="a"} 3

            """
        for format in ExpositionFormat.allCases {
            let text = Exposition.text(of: [family], format: format)
            #expect(text.hasPrefix("# HELP late_seconds How late\n# TYPE late_seconds histogram\n\(lines)"))
        }
    }

    @Test("Labels with one more are the labels that were written so, wherever its name stands")
    func adding() {
        let labels: MetricLabels = ["b": "2", "d": "4"]
        #expect(labels.adding("a", "1") == ["a": "1", "b": "2", "d": "4"])
        #expect(labels.adding("c", "x\"\n") == ["b": "2", "c": "x\"\n", "d": "4"])
        #expect(labels.adding("e", "5") == ["e": "5", "b": "2", "d": "4"])
        #expect(([:] as MetricLabels).adding("a", "1") == ["a": "1"])
    }
}
