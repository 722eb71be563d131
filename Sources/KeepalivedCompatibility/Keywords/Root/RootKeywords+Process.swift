extension RootKeywords {
    /// Keywords about the process.
    static let processKeywords = Keyword<ConfigurationSettings>.skipped(
        [
            "use_pid_dir",
            "instance",
            "child_wait_time",
        ], .notYet)
}
