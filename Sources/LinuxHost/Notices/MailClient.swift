import CLinux
import Glibc
import VRRP

/// Hands one mail to a server and waits for its answers: for a process of its own.
enum MailClient {
    /// The longest line, and the most lines, of a reply.
    private static let replyLimits = (octets: 2048, lines: 64)
    /// The account of nobody, which a process that speaks to the network becomes.
    private static let nobody: UInt32 = 65534

    /// How long the whole of it may take: the name, the connection, and one reply after the other.
    static func longestTime(_ route: MailRoute) -> Nanoseconds {
        min(route.timeout * 4, .seconds(600))
    }

    /// Sends the mail; returns an exit status, 0 or a ``MailFailure``.
    static func send(_ text: MailText, by route: MailRoute) -> Int32 {
        // As far as it may; without these it is only less safe.
        _ = setgroups(0, nil)
        _ = setgid(nobody)
        _ = setuid(nobody)
        do throws(MailFailure) {
            try transfer(text, by: route)
            return 0
        } catch { return error.rawValue }
    }

    /// Hands the mail over as whoever this process is.
    static func transfer(_ text: MailText, by route: MailRoute) throws(MailFailure) {
        let connection = try connect(to: route)
        defer { close(connection) }
        var reader = ReplyReader(connection)
        var transaction = MailTransaction(text, by: route)
        while true {
            switch transaction.take(try reader.next()) {
            case .send(let octets): try write(octets, to: connection)
            case .done(let octets):
                // It is taken: whether the goodbye arrives does not matter.
                try? write(octets, to: connection)
                return
            case .failed(let failure): throw failure
            }
        }
    }

    private static func connect(to route: MailRoute) throws(MailFailure) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
        var first: UnsafeMutablePointer<addrinfo>?
        if getaddrinfo(route.host, String(route.port), &hints, &first) != 0 {
            // A host that has no address but that of its loopback is asked all the same.
            hints.ai_flags = AI_NUMERICSERV
            guard getaddrinfo(route.host, String(route.port), &hints, &first) == 0 else { throw .lookup }
        }
        defer { freeaddrinfo(first) }
        let seconds = route.timeout.rawValue / 1_000_000_000
        let limit = timeval(tv_sec: Int(max(1, seconds)), tv_usec: 0)
        for entry in sequence(first: first, next: { $0?.pointee.ai_next }) {
            guard let address = entry?.pointee else { continue }
            let number = socket(address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
            guard number >= 0 else { continue }
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                withUnsafePointer(to: limit) {
                    _ = setsockopt(number, SOL_SOCKET, option, $0, socklen_t(MemoryLayout<timeval>.size))
                }
            }
            // Linux ends a connect by SO_SNDTIMEO, too.
            if retrying({ Glibc.connect(number, address.ai_addr, address.ai_addrlen) }).result == 0 { return number }
            close(number)
        }
        throw .connection
    }

    private static func write(_ octets: [UInt8], to connection: Int32) throws(MailFailure) {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { octets in
                retrying { Glibc.send(connection, octets.baseAddress, octets.count, Int32(MSG_NOSIGNAL)) }
            }
            guard count.result > 0 else { throw .reply }
            rest = rest.dropFirst(count.result)
        }
    }

    /// Reads replies of a server: lines with a code, the last one with a blank behind it.
    struct ReplyReader {
        private let connection: Int32
        private var buffer: [UInt8] = []

        init(_ connection: Int32) { self.connection = connection }

        /// The code of the next reply.
        mutating func next() throws(MailFailure) -> Int {
            for _ in 0..<MailClient.replyLimits.lines {
                let line = try line()
                let code = line.prefix(3)
                guard code.count == 3, code.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
                    throw .reply
                }
                if line.dropFirst(3).first == UInt8(ascii: "-") { continue }
                return code.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            }
            throw .reply
        }

        private mutating func line() throws(MailFailure) -> [UInt8] {
            while true {
                if let end = buffer.firstIndex(of: 10) {
                    defer { buffer.removeFirst(end + 1) }
                    return Array(buffer[..<end])
                }
                guard buffer.count < MailClient.replyLimits.octets else { throw .reply }
                let number = connection
                var octets = [UInt8](repeating: 0, count: 512)
                let count = octets.withUnsafeMutableBytes { octets in
                    retrying { recv(number, octets.baseAddress, octets.count, 0) }
                }
                guard count.result > 0 else { throw .reply }
                buffer += octets[..<count.result]
            }
        }
    }
}
