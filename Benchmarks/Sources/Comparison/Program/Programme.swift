/// What is played, in order.
enum Programme {
    /// The names that `--only` takes.
    static let names = [
        FullHouse.name, FastCrash.name, Lateness.name, PlannedStop.name, Reload.name, ManyRouters.name,
        ManyAddresses.name, Soak.name,
    ]

    /// The scenarios of a run.
    static func scenarios(isQuick: Bool, only: [String]) -> [any Scenario] {
        (isQuick ? quick : whole).filter { only.isEmpty || only.contains(type(of: $0).name) }
    }

    private static let whole: [any Scenario] = [
        FullHouse(intervalMilliseconds: 100, rounds: 5, window: .seconds(15)),
        FullHouse(intervalMilliseconds: 1000, rounds: 5, window: .seconds(20)),
        FastCrash(rounds: 5, crashes: 40),
        Lateness(rounds: 5, window: .seconds(10)),
        PlannedStop(successor: nil, rounds: 5),
        PlannedStop(successor: .keepalived, rounds: 5),
        Reload(rounds: 5),
        ManyRouters(rounds: 5, window: .seconds(20)),
        ManyAddresses(rounds: 5, contestants: [.vrrpd]),
        Soak(duration: .seconds(600)),
    ]

    private static let quick: [any Scenario] = [
        FullHouse(intervalMilliseconds: 100, rounds: 1, window: .seconds(10)),
        FullHouse(intervalMilliseconds: 1000, rounds: 1, window: .seconds(10)),
        FastCrash(rounds: 1, crashes: 20),
        Lateness(rounds: 1, window: .seconds(4)),
        PlannedStop(successor: nil, rounds: 1),
        Reload(rounds: 1),
    ]
}
