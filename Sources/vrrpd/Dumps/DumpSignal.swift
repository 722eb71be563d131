import Glibc

/// A signal that asks for a file with the daemon's state, by keepalived's numbers.
///
/// Those of the real-time signals are written into exporters, whatever the C library calls them.
enum DumpSignal: Int32, CaseIterable {
    /// SIGUSR1: keepalived.data.
    case data = 10
    /// SIGUSR2: keepalived.stats.
    case statistics = 12
    /// SIGRTMIN+2 of glibc: keepalived.json.
    case json = 36
    /// SIGRTMAX-1: keepalived.stats, and then every counter begins at zero.
    case statisticsAndReset = 63
}
