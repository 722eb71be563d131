import NodeAgent
import Testing

@Suite("Whether a node has endpoints")
struct EndpointAnswerTests {
    @Test(
        "An answer means what kube-proxy means by it, whatever the platform says besides",
        arguments: [
            (200, #"{"service":{"namespace":"shop","name":"web"},"localEndpoints":2}"#, .present),
            (200, #"{"localEndpoints":0}"#, .absent), (200, "", .present), (200, "ok", .present),
            (503, #"{"localEndpoints":0}"#, .absent), (503, "", .absent), (404, "", .silent), (500, "", .silent),
        ] as [(Int, String, EndpointAnswer)])
    func answers(_ status: Int, _ body: String, _ expected: EndpointAnswer) {
        #expect(EndpointAnswer(status: status, body: Array(body.utf8)) == expected)
    }

    @Test(
        "The first answer decides at once, one yes brings back, two noes or three silences give up",
        arguments: [
            ("", nil), ("+", true), ("-", false), (".", false), ("+-", true), ("+--", false), ("+..", true),
            ("+...", false), ("+-+-", true), ("+..-", false), ("+--+", true), ("-+", true),
        ] as [(String, Bool?)])
    func judgements(_ course: String, _ expected: Bool?) {
        var judgement = EndpointJudgement()
        for answer in course {
            let before = judgement.hasEndpoint
            let isNews = judgement.take(answer == "+" ? .present : answer == "-" ? .absent : .silent)
            #expect(isNews == (judgement.hasEndpoint != before))
        }
        #expect(judgement.hasEndpoint == expected)
    }
}
