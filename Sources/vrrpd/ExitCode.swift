/// What the program exits with, in the numbers of keepalived.
enum ExitCode: Int32 {
    /// Stopped in order, or the configuration is fine, or another process is running already.
    case success = 0
    /// The program cannot run: a wrong argument, a file that cannot be written.
    case failure = 1
    /// The configuration cannot be used.
    case configuration = 2
    /// `-t`: the configuration cannot be used.
    case checkFailed = 4
    /// `-t`: the configuration can be used but has something that its writer should see.
    case checkWarned = 5
    /// The configuration file cannot be read.
    case noConfiguration = 6

    /// The process lacks a right.
    static let missingPermission = ExitCode.checkFailed
    /// `-t`: the configuration can be used, but its scripts run with more rights than anybody has asked for.
    static let checkInsecure = ExitCode.noConfiguration
}
