import CLinux
import Glibc
import ProcessorClock
import Testing

@testable import LinuxHost

@Suite("What a client of the control socket says")
struct ControlClientTests {
    /// Both ends of a connection, the far one as what a client writes to.
    private struct Connection: ~Copyable {
        var client: ControlClient
        private let far: FileDescriptor
        private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 1)

        init() throws {
            var ends: [Int32] = [0, 0]
            guard socketpair(AF_UNIX, Int32(bitPattern: SOCK_STREAM.rawValue), 0, &ends) == 0 else {
                throw SystemCallError("socketpair", errorNumber: errno)
            }
            client = ControlClient(owning: FileDescriptor(owning: ends[0]))
            far = FileDescriptor(owning: ends[1])
        }

        deinit { scratch.deallocate() }

        /// Says octets, and lets them be read and looked at as in a turn of the host.
        mutating func say(_ octets: [UInt8]) -> Bool {
            _ = send(far.rawValue, octets, octets.count, 0)
            _ = client.read(into: scratch)
            return client.hasRequest
        }

        mutating func answer() -> [UInt8] {
            var request: [UInt8] = []
            _ = client.answerNext {
                request = Array($0)
                return ClientAnswer([UInt8(ascii: ".")])
            }
            return request
        }
    }

    @Test("Requests end where their lines do, however they are cut into pieces")
    func pieces() throws {
        let text = Array("one\n\ntwo and\nthree\n".utf8)
        for size in 1...text.count {
            var connection = try Connection()
            var requests: [[UInt8]] = []
            for start in stride(from: 0, to: text.count, by: size) {
                _ = connection.say(Array(text[start..<min(start + size, text.count)]))
                while connection.client.hasRequest { requests.append(connection.answer()) }
            }
            #expect(requests.map { String(decoding: $0, as: UTF8.self) } == ["one", "", "two and", "three"], "\(size)")
        }
    }

    @Test("A request that comes octet by octet costs what its length says, and not the square of that")
    func slowRequest() throws {
        func cost(_ length: Int) throws -> Duration {
            var least = Duration.seconds(3600)
            for _ in 0..<3 {
                var connection = try Connection()
                let time = processorTime {
                    for _ in 1..<length { _ = connection.say([UInt8(ascii: "x")]) }
                }
                let isWhole = connection.say([UInt8(ascii: "\n")])
                #expect(isWhole)
                least = min(least, time)
            }
            return least
        }
        let (short, long) = (try cost(4_000), try cost(32_000))
        #expect(long < short * 20, "\(short) for 4,000 octets, \(long) for 32,000")
    }
}
