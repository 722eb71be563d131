extension LineReader {
    /// Reads the main file, or all files that a path with wildcards and braces stands for, in their order.
    ///
    /// A file of this very name comes before what the name stands for.
    ///
    /// - Throws: what hinders the reading of any of them, or that there is none.
    mutating func read(matching path: String, _ log: inout DiagnosticLog) throws(ConfigurationReadError) {
        do throws(ConfigurationReadError) {
            return try read(path, &log)
        } catch {
            guard error.reason == .missing else { throw error }
        }
        let missing = ConfigurationReadError(path: path, reason: .missing)
        let alternatives = PathPattern(text: path).alternatives(limit: LanguageLimits.includedFiles) ?? []
        var paths: [String] = []
        for alternative in alternatives {
            paths += alternative.hasWildcard ? try source.paths(matching: alternative.text) : [alternative.text]
        }
        guard !paths.isEmpty, paths != [path], paths.count <= LanguageLimits.includedFiles else { throw missing }
        for path in paths { try read(path, &log) }
    }
}
