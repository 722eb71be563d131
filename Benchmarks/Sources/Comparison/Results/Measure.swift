/// What is measured: a row of the table.
enum Measure: String, Codable, CaseIterable, Sendable {
    case activeCPUAt100ms = "cpu-active-100ms"
    case backupCPUAt100ms = "cpu-backup-100ms"
    case activeCPUAt1s = "cpu-active-1s"
    case memory = "memory"
    case soakMemory = "memory-soak"
    case soakGrowth = "memory-soak-growth"
    case startAt100ms = "start-100ms"
    case startAt1s = "start-1s"
    case crashAt10ms = "crash-10ms"
    case crashOf255 = "crash-255"
    case latenessIdle = "lateness-idle"
    case latenessBusy = "lateness-busy"
    case latenessOf255 = "lateness-255"
    case plannedStop = "planned-stop"
    case plannedStopLoss = "planned-stop-loss"
    case plannedStopToKeepalived = "planned-stop-mixed"
    case plannedStopToKeepalivedLoss = "planned-stop-mixed-loss"
    case reloadShift = "reload-shift"
    case reloadLateness = "reload-lateness"
    case manyRouters = "cpu-per-router-4080"
    case manyAddresses = "takeover-10200"
    case manyAddressesLateness = "takeover-10200-lateness"

    /// The row's first cell.
    var title: String {
        switch self {
        case .activeCPUAt100ms: "CPU of the active node, 255 routers, adverts every 100 ms"
        case .backupCPUAt100ms: "CPU of the backup node, the same"
        case .activeCPUAt1s: "CPU of the active node, 255 routers, adverts every 1 s"
        case .memory: "memory (PSS) of the active daemon, 255 routers"
        case .soakMemory: "memory (PSS) while it reloads once a second"
        case .soakGrowth: "growth of that from the first quarter of the time to the last"
        case .startAt100ms: "start of two nodes until all 255 routers are active and announced, 100 ms"
        case .startAt1s: "the same, adverts every 1 s"
        case .crashAt10ms: "crash, 1 router, 10 ms: last advert to first announcement"
        case .crashOf255: "crash, 255 routers, 1 s: last advert to first announcement, the slowest router"
        case .latenessIdle: "lateness of adverts, 1 router, 10 ms, machine idle"
        case .latenessBusy: "lateness of adverts, 1 router, 10 ms, both cores busy"
        case .latenessOf255: "lateness of adverts, 255 routers, 100 ms, machine idle"
        case .plannedStop: "planned stop, 1 s: time without an owner"
        case .plannedStopLoss: "planned stop, 1 s: pings lost at 1,000 a second"
        case .plannedStopToKeepalived: "planned stop, 1 s, keepalived takes over: time without an owner"
        case .plannedStopToKeepalivedLoss: "planned stop, 1 s, keepalived takes over: pings lost at 1,000 a second"
        case .reloadShift: "reload that adds a router to 254: shift of the phase of the others' adverts"
        case .reloadLateness: "lateness of the others' adverts in the second before and the one after"
        case .manyRouters: "CPU of a router with 4,080 of them, as a multiple of that with 255 (1 s)"
        case .manyAddresses: "255 routers × 40 addresses: decision until the last address is announced"
        case .manyAddressesLateness: "lateness of adverts meanwhile"
        }
    }

    var unit: Unit {
        switch self {
        case .activeCPUAt100ms, .backupCPUAt100ms, .activeCPUAt1s: .share
        case .memory, .soakMemory, .soakGrowth: .octets
        case .startAt100ms, .startAt1s, .crashOf255, .manyAddresses: .seconds
        case .crashAt10ms, .latenessIdle, .latenessBusy, .latenessOf255, .plannedStop, .plannedStopToKeepalived,
            .reloadShift, .reloadLateness, .manyAddressesLateness:
            .milliseconds
        case .plannedStopLoss, .plannedStopToKeepalivedLoss: .count
        case .manyRouters: .multiple
        }
    }

    /// What the project promises.
    var goal: Goal {
        switch self {
        case .activeCPUAt100ms: .ratio(atMost: 0.20)
        case .backupCPUAt100ms, .activeCPUAt1s: .ratio(atMost: 0.30)
        case .memory, .soakMemory: .value(.worst, atMost: 8 * 1024 * 1024)
        case .soakGrowth: .value(.worst, atMost: 128 * 1024)
        case .startAt100ms: .value(.worst, atMost: 1.5e9)
        case .startAt1s: .value(.worst, atMost: 4.2e9)
        case .crashAt10ms: .value(.percentile(99), atMost: FastCrash.routers.activeDownInterval + 1e6)
        case .crashOf255: .value(.worst, atMost: FullHouse.routers(1000).activeDownInterval + 50e6)
        case .latenessIdle: .value(.percentile(99), atMost: 0.3e6)
        case .latenessBusy: .value(.percentile(99), atMost: 1e6)
        case .latenessOf255, .reloadLateness: .none(.percentile(99))
        case .plannedStop, .plannedStopToKeepalived: .value(.worst, atMost: 5e6)
        case .plannedStopLoss, .plannedStopToKeepalivedLoss: .value(.worst, atMost: 0)
        case .reloadShift: .value(.worst, atMost: 1e6)
        case .manyRouters: .value(.median, atMost: 1.3)
        case .manyAddresses: .value(.worst, atMost: 1e9)
        case .manyAddressesLateness: .value(.worst, atMost: 2e6)
        }
    }
}

/// What a figure must be.
enum Goal: Sendable {
    /// The median of the rounds' ratios to keepalived.
    case ratio(atMost: Double)
    /// The figure itself.
    case value(Statistic, atMost: Double)
    /// Shown, promised nowhere.
    case none(Statistic)

    /// What the figures of one contestant come to.
    var statistic: Statistic {
        switch self {
        case .ratio: .median
        case .value(let statistic, _), .none(let statistic): statistic
        }
    }
}

/// What figures are stored in, and how they are written.
enum Unit: Sendable {
    /// Of one processor; 1 is all of it.
    case share
    case octets
    /// Stored in nanoseconds.
    case seconds
    /// Stored in nanoseconds.
    case milliseconds
    case count
    case multiple

    /// The figure with its unit.
    func text(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        return switch self {
        case .share: "\(digits(value * 100, value < 0.01 ? 3 : 2)) %"
        case .octets:
            abs(value) < 1024 * 1024 ? "\(digits(value / 1024, 0)) KiB" : "\(digits(value / 1024 / 1024, 2)) MiB"
        case .seconds: "\(digits(value / 1e9, 3)) s"
        case .milliseconds: "\(digits(value / 1e6, abs(value) < 10e6 ? 3 : abs(value) < 100e6 ? 2 : 1)) ms"
        case .count: digits(value, 0)
        case .multiple: "\(digits(value, 2)) ×"
        }
    }
}

/// A number with a fixed count of decimal places.
func digits(_ value: Double, _ places: Int) -> String {
    var factor = 1.0
    for _ in 0..<places { factor *= 10 }
    let scaled = (value * factor).rounded()
    let sign = scaled < 0 ? "-" : ""
    let whole = Int(abs(scaled) / factor)
    guard places > 0 else { return "\(sign)\(whole)" }
    let fraction = String(Int(abs(scaled)) - whole * Int(factor))
    return "\(sign)\(whole).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
}
