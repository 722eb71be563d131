import Glibc
import NetworkLab
import Testing
import VRRP

@testable import LinuxHost

private func route(port: UInt16 = 25, host: String = "127.0.0.1", to recipients: [String] = ["a@example.com"])
    -> MailRoute
{
    MailRoute(
        host: host, port: port, clientName: "node", sender: "k@example.com", recipients: recipients,
        timeout: .seconds(10))
}

private func lines(_ text: MailText) -> [String] {
    String(decoding: text.octets, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false).map(
        String.init)
}

@Suite("The text of a mail")
struct MailTextTests {
    @Test("It has keepalived's headers in keepalived's order")
    func headers() {
        let text = MailText(
            subject: "[node] VRRP Instance A - Stopping", body: "=> b <=",
            route(to: ["a@example.com", "b@example.com"]),
            date: "D")
        #expect(
            lines(text) == [
                "Date: D", "From: k@example.com", "Subject: [node] VRRP Instance A - Stopping", "X-Mailer: Keepalived",
                "To: a@example.com, b@example.com", "", "=> b <=", "", "",
            ])
    }

    @Test("Many recipients are on as many lines as they need")
    func manyRecipients() {
        let recipients = (1...100).map { "somebody-with-a-name-\($0)@example.com" }
        let lines = lines(MailText(subject: "s", body: "b", route(to: recipients), date: "D"))
        #expect(lines.allSatisfy { $0.utf8.count <= 998 })
        let list = lines[4...].prefix { !$0.isEmpty }
        #expect(list.count > 2 && list.dropFirst().allSatisfy { $0.hasPrefix(" ") })
        #expect(list.joined() == "To: " + recipients.joined(separator: ", "))
    }

    @Test("Nothing can end a line, a header or the mail itself, and no line is too long")
    func hostile() {
        let subject = "a\r\nBcc: x@y\n" + String(repeating: "é", count: 2000)
        let text = MailText(subject: subject, body: ".\r\n.\r\nQUIT", route(), date: "D")
        let lines = lines(text)
        #expect(lines[2].hasPrefix("Subject: a??Bcc: x@y?éé"))
        #expect(lines.allSatisfy { $0.utf8.count <= 998 && !$0.utf8.contains(10) && !$0.utf8.contains(13) })
        #expect(lines[6] == "..??.??QUIT")
        #expect(!lines.contains(".") && lines.count == 9)
    }
}

@Suite("What a client says to a mail server")
struct MailTransactionTests {
    /// The commands that follow these codes, and what the last step is.
    private func talk(_ codes: [Int], to recipients: [String] = ["a@example.com"]) -> (
        said: [String], last: MailTransaction.Step?
    ) {
        var transaction = MailTransaction(
            MailText(subject: "s", body: "b", route(), date: "D"), by: route(to: recipients))
        var said: [String] = []
        var last: MailTransaction.Step?
        for code in codes {
            last = transaction.take(code)
            guard case .send(let octets)? = last else { break }
            said.append(String(decoding: octets, as: UTF8.self))
        }
        return (said, last)
    }

    @Test("Each command follows the answer to the one before")
    func course() {
        let (said, last) = talk([220, 250, 250, 250, 251, 354, 250], to: ["a@example.com", "b@example.com"])
        #expect(
            said.dropLast() == [
                "HELO node\r\n", "MAIL FROM:<k@example.com>\r\n", "RCPT TO:<a@example.com>\r\n",
                "RCPT TO:<b@example.com>\r\n", "DATA\r\n",
            ])
        #expect(said.last?.hasPrefix("Date: D\r\n") == true && said.last?.hasSuffix("\r\n.\r\n") == true)
        #expect(last == .done(Array("QUIT\r\n".utf8)))
    }

    @Test(
        "An answer that refuses ends it, and says at which step",
        arguments: [
            ([554], MailFailure.greeting), ([220, 500], .hello), ([220, 250, 550], .sender),
            ([220, 250, 250, 550], .recipients), ([220, 250, 250, 250, 451], .data),
            ([220, 250, 250, 250, 354, 552], .data),
        ] as [([Int], MailFailure)])
    func refusals(codes: [Int], failure: MailFailure) { #expect(talk(codes).last == .failed(failure)) }

    @Test("Whoever the server knows gets the mail although it does not know another one")
    func someRecipients() {
        let (said, _) = talk([220, 250, 250, 550, 250], to: ["a@example.com", "b@example.com"])
        #expect(said.last == "DATA\r\n")
    }
}

@Suite("Sending mails", .needs([.root]), .timeLimit(.minutes(1)))
struct MailClientTests {
    private static let text = MailText(subject: "s", body: ".b", route(), date: "D")

    /// How sending to a server with these replies ends, and what that server was told.
    private func send(
        _ replies: [String: String] = [:]
    ) async throws -> (failure: MailFailure?, duration: Duration, transcript: [String]) {
        try await Namespace.run {
            let sink = try MailSink(replies)
            var failure: MailFailure?
            let start = ContinuousClock.now
            do throws(MailFailure) { try MailClient.transfer(Self.text, by: route(port: sink.port)) } catch {
                failure = error
            }
            let duration = ContinuousClock.now - start
            for _ in 0..<1000 where sink.transcripts.isEmpty { usleep(5_000) }
            return (failure, duration, sink.transcripts.first ?? [])
        }
    }

    @Test("A server gets a mail as keepalived would send it")
    func taken() async throws {
        let (failure, _, transcript) = try await send()
        #expect(failure == nil)
        #expect(
            transcript == [
                "HELO node", "MAIL FROM:<k@example.com>", "RCPT TO:<a@example.com>", "DATA", "Date: D",
                "From: k@example.com", "Subject: s", "X-Mailer: Keepalived", "To: a@example.com", "", "..b", "", ".",
                "QUIT",
            ])
    }

    @Test(
        "A server that refuses, is silent or talks nonsense does not keep the client",
        arguments: [
            ("connect", "554 go away", MailFailure.greeting), ("MAIL", "550 no", .sender), (".", "552 too much", .data),
            ("HELO", "", .reply), ("RCPT", "hello", .reply), ("connect", "220-a\r\n220-b", .reply),
            ("HELO", String(repeating: "x", count: 5000), .reply),
        ])
    func refused(word: String, reply: String, failure: MailFailure) async throws {
        let outcome = try await send([word: reply])
        #expect(outcome.failure == failure)
        #expect(outcome.duration < .seconds(20))
    }

    @Test("Where nobody listens, and where nobody has the name, the reason is told")
    func unreachable() async throws {
        let failures = try await Namespace.run {
            try [route(port: 1), route(host: "no-such-host.invalid")].map { route in
                do throws(MailFailure) { try MailClient.transfer(Self.text, by: route) } catch { return error }
                throw SetupFailure(description: "somebody has taken the mail")
            }
        }
        #expect(failures == [.connection, .lookup])
    }
}
