import Glibc
import NetworkLab

/// What a lab has put onto the machine, to look for afterwards.
struct Traces {
    /// The names of its namespaces.
    var namespaces: [String] = []
    private var processes: [LabProcess] = []
    private var directories: [String] = []

    /// Takes note of what the hosts of a stage have.
    mutating func add(_ stage: Stage) {
        processes = stage.nodes.flatMap(\.processes)
        directories = (stage.nodes.map(\.host) + [stage.client]).map(\.directory)
    }

    /// What was there, for people: `5 namespaces, 4 processes and 4 directories`.
    var summary: String {
        "\(namespaces.count) namespaces, \(processes.count) processes and \(directories.count) directories"
    }

    /// Waits until no child of this process is left: killed ones end, and are noticed to have ended, a moment later.
    func waitForProcesses() async {
        for _ in 0..<500 where Self.hasChildren { try? await Task.sleep(for: .milliseconds(10)) }
    }

    /// - Throws: `DemonstrationError.leftBehind` when something is there still.
    func check() throws {
        let files = (namespaces.map { "/run/netns/\($0)" } + directories).filter { access($0, F_OK) == 0 }
        let left = files + (Self.hasChildren ? ["a process"] : [])
        guard left.isEmpty else { throw DemonstrationError.leftBehind(left) }
    }

    private static var hasChildren: Bool {
        var information = siginfo_t()
        return waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) == 0
    }
}
