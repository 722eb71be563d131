import Glibc

/// What the C library says about an error number.
func systemErrorText(_ error: Int32) -> String { String(cString: strerror(error)) }

/// Makes a system call again while a signal interrupts it, and throws when it answers -1.
@discardableResult
func systemCall<Result: FixedWidthInteger>(
    _ name: String, _ subject: @autoclosure () -> String = "", _ body: () -> Result
) throws(LabError) -> Result {
    while true {
        let result = body()
        if result != -1 { return result }
        let error = errno
        if error != EINTR { throw .systemCall(name: name, subject: subject(), error: error) }
    }
}
