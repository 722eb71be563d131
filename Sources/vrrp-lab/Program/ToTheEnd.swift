/// Runs `body` to its end although the task may be cancelled meanwhile, so that nothing half-made is left behind; the
/// cancellation is an error afterwards.
func toTheEnd<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
    let result = try await Task(operation: body).value
    try Task.checkCancellation()
    return result
}
