import Glibc

/// Makes a system call until no signal interrupts it.
///
/// The reason of a failure is taken before anything else can overwrite it.
@inline(__always)
func retrying<Result: SignedInteger>(_ call: () -> Result) -> (result: Result, errorNumber: Int32) {
    while true {
        let result = call()
        guard result < 0 else { return (result, 0) }
        let reason = errno
        if reason != EINTR { return (result, reason) }
    }
}

/// Makes a system call until no signal interrupts it; a negative result is thrown under the name of the call.
@inline(__always)
@discardableResult
func systemCall<Result: SignedInteger>(
    _ name: StaticString, _ call: () -> Result
) throws(SystemCallError) -> Result {
    let outcome = retrying(call)
    guard outcome.result >= 0 else { throw SystemCallError("\(name)", errorNumber: outcome.errorNumber) }
    return outcome.result
}
