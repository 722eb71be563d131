import CLinux
import Glibc

/// Options of a socket, each under the name that the manual gives it.
extension FileDescriptor {
    /// Sets an option whose value is a C structure or number; the option's name stands in the error.
    borrowing func set<Value>(
        _ option: Int32, at level: Int32, to value: Value, name: StaticString
    ) throws(SystemCallError) {
        let length = socklen_t(MemoryLayout<Value>.size)
        let descriptor = rawValue
        try systemCall(name) {
            withUnsafePointer(to: value) { setsockopt(descriptor, level, option, $0, length) }
        }
    }

    /// Reads an option whose value is a C int.
    borrowing func option(_ option: Int32, at level: Int32, name: StaticString) throws(SystemCallError) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let descriptor = rawValue
        try systemCall(name) { getsockopt(descriptor, level, option, &value, &length) }
        return value
    }

    /// Ties the socket to one interface, by its number so that a change of name cannot matter.
    borrowing func bind(toInterface index: Int32) throws(SystemCallError) {
        try set(SO_BINDTOIFINDEX, at: SOL_SOCKET, to: index, name: "SO_BINDTOIFINDEX")
    }

    /// Makes room for `octets` of received packets with the kernel's bookkeeping, beyond the node's limit where the
    /// process may.
    borrowing func reserveReceiveBuffer(octets: Int32) throws(SystemCallError) {
        do {
            try set(SO_RCVBUFFORCE, at: SOL_SOCKET, to: octets, name: "SO_RCVBUFFORCE")
        } catch {
            try set(SO_RCVBUF, at: SOL_SOCKET, to: octets, name: "SO_RCVBUF")
        }
    }

    /// Makes room for `octets` of packets that wait to be sent, beyond the node's limit where the process may.
    borrowing func reserveSendBuffer(octets: Int32) throws(SystemCallError) {
        do {
            try set(SO_SNDBUFFORCE, at: SOL_SOCKET, to: octets, name: "SO_SNDBUFFORCE")
        } catch {
            try set(SO_SNDBUF, at: SOL_SOCKET, to: octets, name: "SO_SNDBUF")
        }
    }

    /// Sends what the socket sends before everything of lower priority that waits for the same interface.
    borrowing func setHighestPriority() throws(SystemCallError) {
        let control: Int32 = 7  // TC_PRIO_CONTROL
        try set(SO_PRIORITY, at: SOL_SOCKET, to: control, name: "SO_PRIORITY")
    }

    /// Lets the socket receive nothing, for one that is only there to send.
    borrowing func refuseReceiving() throws(SystemCallError) {
        let descriptor = rawValue
        try systemCall("SO_ATTACH_FILTER") {
            var keepNothing = clinux_filter_instruction(code: 0x06, jump_true: 0, jump_false: 0, operand: 0)
            return withUnsafeMutablePointer(to: &keepNothing) { instruction in
                let program = clinux_filter_program(length: 1, instructions: instruction)
                let length = socklen_t(MemoryLayout<clinux_filter_program>.size)
                return withUnsafePointer(to: program) {
                    setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, $0, length)
                }
            }
        }
    }
}
