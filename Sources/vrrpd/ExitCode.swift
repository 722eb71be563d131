/// What the program exits with, in the numbers of keepalived.
enum ExitCode: Int32 {
    /// Stopped in order, or the configuration is fine.
    case success = 0
    /// The program cannot run: a wrong argument, a missing right, another instance.
    case failure = 1
    /// The configuration cannot be used.
    case configuration = 2
    /// `-t`: the configuration cannot be used.
    case checkFailed = 4
    /// `-t`: the configuration can be used but has something that its writer should see.
    case checkWarned = 5
    /// The configuration file cannot be read.
    case noConfiguration = 6
}
