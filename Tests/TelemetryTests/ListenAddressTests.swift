import Telemetry
import Testing

@Suite("Addresses to listen on")
struct ListenAddressTests {
    @Test("An address has a port, and brackets where it has colons")
    func addresses() throws {
        #expect(try ListenAddress(":9650") == ListenAddress(host: nil, port: 9650))
        #expect(try ListenAddress("[2001:db8::1]:0") == ListenAddress(host: "2001:db8::1", port: 0))
        #expect(try ListenAddress("[::]:9650").host == "::")
        for text in [":9650", "[2001:db8::1]:0", "localhost:1", "127.0.0.1:8081"] {
            #expect(try ListenAddress(text).description == text)
        }
    }

    @Test(
        "What is none says what is wrong with it, and what is allowed",
        arguments: [
            ("9650", .noPort("9650")), ("", .noPort("")), (":", .wrongPort(":")), (":65536", .wrongPort(":65536")),
            (":-1", .wrongPort(":-1")), (":+1", .wrongPort(":+1")), (":http", .wrongPort(":http")),
            ("2001:db8::1:9650", .noBrackets("2001:db8::1:9650")), ("[lo]:1", .wrongHost("[lo]:1")),
            ("a b:1", .wrongHost("a b:1")), ("[::1:1", .noBrackets("[::1:1")),
        ] as [(String, ListenAddressError)])
    func errors(text: String, error: ListenAddressError) {
        #expect(throws: error) { try ListenAddress(text) }
        #expect(error.description.hasPrefix("\"\(text)\" ") && error.description.hasSuffix("from 0 to 65535"))
    }
}
