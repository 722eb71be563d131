import CLinux
import Glibc
import Synchronization

@testable import LinuxHost

/// A server that takes mails and keeps what it was told; it listens on the loopback interface of the thread's network.
final class MailSink: Sendable {
    /// The port that it listens on.
    let port: UInt16
    private let replies: [String: String]
    private let sessions = Mutex<[[String]]>([])

    /// Listens, and answers on a thread of its own.
    ///
    /// - Parameter replies: answers to commands that begin with a word, and to `connect` and `.`; an empty one is silence.
    init(_ replies: [String: String] = [:]) throws {
        self.replies = replies
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failure = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) != 0 || listen(listener, 16) != 0
                    || getsockname(listener, pointer, &length) != 0
            }
        }
        guard !failure else { throw SetupFailure(description: "no mail sink: \(errno)") }
        port = UInt16(bigEndian: address.sin_port)
        try BackgroundThread.start { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else {
                    if [EINTR, ECONNABORTED].contains(errno) { continue }
                    return print("the mail sink on port \(port) takes no more connections: \(errno)")
                }
                do { try BackgroundThread.start { [self] in serve(connection) } } catch {
                    print("the mail sink on port \(port) lost a connection: \(error)")
                }
            }
        }
    }

    /// The lines of each session that has ended.
    var transcripts: [[String]] { sessions.withLock { $0 } }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var lines: [String] = []
        var isInData = false
        answer(connection, to: "connect", standard: "220 sink ready")
        while let line = readLine(connection) {
            lines.append(line)
            let word = String(line.prefix { $0 != " " })
            if isInData {
                guard line == "." else { continue }
                isInData = false
                answer(connection, to: ".", standard: "250 taken")
            } else if word == "DATA" {
                isInData = replies[word] == nil
                answer(connection, to: word, standard: "354 go on")
            } else {
                answer(connection, to: word, standard: "250-fine\r\n250 indeed")
                if word == "QUIT" { break }
            }
        }
        sessions.withLock { $0.append(lines) }
    }

    private func answer(_ connection: Int32, to word: String, standard: String) {
        let reply = replies[word] ?? standard
        guard !reply.isEmpty else { return }
        _ = (reply + "\r\n").withCString { send(connection, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
    }

    /// The next line, which must end as lines of mails do.
    private func readLine(_ connection: Int32) -> String? {
        var octets: [UInt8] = []
        var octet: UInt8 = 0
        while octets.suffix(2) != [13, 10] {
            guard recv(connection, &octet, 1, 0) == 1 else { return nil }
            octets.append(octet)
        }
        return String(decoding: octets.dropLast(2), as: UTF8.self)
    }
}
