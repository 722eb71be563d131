import ArgumentParser
import Glibc
import ManifestFolder

/// `vrrp-agent plan`: what a folder of manifests comes to.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a folder of manifests comes to, and keep the identifiers that it lacks.",
        discussion: """
            What cannot be read is left out of the plan. Writes router-ids.json, which belongs beside the manifests: hosts that have it use these identifiers, whatever \
            they have seen before. Exit status: 0 where all is well, 1 where a file or an object cannot be used or \
            router-ids.json cannot be written.
            """)

    @OptionGroup var options: FolderOptions

    @Flag(help: "Write nothing.")
    var dryRun = false

    func validate() throws {
        if options.manifests == nil { throw ValidationError("--manifests names the folder") }
    }

    func run() throws {
        // Nothing is taken down by what is shown, so that there is nothing to wait for.
        guard var folder = options.folder(writesRecord: !dryRun, waitsUntilWhole: false), let state = folder.look()
        else { return }
        let messages = state.messages(onNode: nil, mustKeepRecord: !dryRun)
        for message in messages { write("\(message.severity): \(message.text)\n", to: STDERR_FILENO) }
        if let plan = state.plan { write(PlanTable(plan.routers).description, to: STDOUT_FILENO) }
        if messages.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    }

    private func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
