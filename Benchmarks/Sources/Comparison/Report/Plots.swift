/// The pictures of the page, by the name of their file.
enum Plots {
    /// All that can be drawn of the results.
    static func all(_ results: Results) -> [(file: String, caption: String, svg: String)] {
        let drawings: [(String, String, Drawing?)] = [
            (
                "cpu", "What a node pays, in percent of one processor",
                BarChart(
                    title: "Processor time of a node with 255 virtual routers",
                    measures: [.activeCPUAt100ms, .backupCPUAt100ms, .activeCPUAt1s]
                ).drawing(of: results)
            ),
            (
                "crash", "From the last advert of a node that dies to the first announcement of its successor",
                crash(results)
            ),
            ("lateness", "How far behind its schedule an advert leaves", lateness(results)),
            (
                "planned-stop", "How long an address is away when its node is stopped in order",
                BarChart(
                    title: "Planned stop at adverts every second: time without an owner",
                    measures: [.plannedStop, .plannedStopToKeepalived]
                ).drawing(of: results)
            ),
            (
                "start", "How long two nodes take to start",
                BarChart(
                    title: "From the start of two nodes to 255 active routers", measures: [.startAt100ms, .startAt1s]
                ).drawing(of: results)
            ),
            ("memory", "Memory while the configuration is read anew each second", memory(results)),
        ]
        return drawings.compactMap { file, caption, drawing in drawing.map { (file + ".svg", caption, $0.svg) } }
    }

    private static func crash(_ results: Results) -> Drawing? {
        DistributionChart(
            title: "Crash of the active node, adverts every 10 ms", unit: .milliseconds,
            series: Contestant.allCases.map {
                .init(name: $0.rawValue, kind: $0.rawValue, values: results.values(.crashAt10ms, $0))
            },
            marks: [(FastCrash.routers.activeDownInterval, "Active_Down_Interval")]
        ).drawing()
    }

    private static func lateness(_ results: Results) -> Drawing? {
        DistributionChart(
            title: "Lateness of adverts every 10 ms, real-time priority", unit: .milliseconds,
            series: [
                .init(name: "vrrpd, idle", kind: "vrrpd", values: results.values(.latenessIdle, .vrrpd)),
                .init(name: "vrrpd, both cores busy", kind: "busy", values: results.values(.latenessBusy, .vrrpd)),
            ],
            marks: [(0.3e6, "99 % must be below, idle"), (1e6, "both cores busy")]
        ).drawing()
    }

    private static func memory(_ results: Results) -> Drawing? {
        let values = results.values(.soakMemory, .vrrpd)
        return TimelineChart(
            title: "Memory (PSS) with 255 routers and a reload each second", unit: .octets,
            duration: "\(values.count) reloads",
            series: Contestant.allCases.map { ($0, results.values(.soakMemory, $0)) }, bound: 8 * 1024 * 1024
        ).drawing()
    }
}
