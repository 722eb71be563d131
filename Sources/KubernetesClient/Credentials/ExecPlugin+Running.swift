internal import Foundation
internal import KubernetesAPI
internal import Logging
internal import Subprocess
internal import SystemPackage

extension ExecPlugin {
    /// How long a plug-in may take: some wait for a network.
    private static let timeout = Duration.seconds(60)

    /// Runs the program and reads what it says.
    func run(logger: Logger) async throws -> ExecCredential {
        logger.debug("asking \(command) for credentials")
        let variables = Dictionary(
            uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) })
        let output: Data?
        do {
            output = try await withTimeout(Self.timeout) {
                let result = try await Subprocess.run(
                    command.contains("/") ? .path(FilePath(command)) : .name(command),
                    arguments: Arguments(arguments), environment: .inherit.updating(variables),
                    output: .data(limit: 1 << 20), error: .string(limit: 64 << 10))
                guard result.terminationStatus.isSuccess else {
                    let complaint = result.standardError.prefix(500)
                    throw ClientError.credentials("\(command) ended with \(result.terminationStatus): \(complaint)")
                }
                return result.standardOutput
            }
        } catch let error as ClientError {
            throw error
        } catch {
            try Task.checkCancellation()
            let hint = installHint.map { "; \($0.prefix(1000))" } ?? ""
            throw ClientError.credentials("\(command) cannot be run: \(error)\(hint)")
        }
        guard let output else { throw ClientError.credentials("\(command) took longer than \(Self.timeout)") }
        return try ExecCredential(output: output, of: self)
    }
}
