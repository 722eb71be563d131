/// An option of keepalived that somebody wrote and that is not applied.
public struct OptionRefusal: Hashable, Sendable {
    /// The keyword as written, cut where it is long.
    public var keyword: String
    /// Why.
    public var reason: Reason

    /// Why an option is not applied.
    public enum Reason: Hashable, Sendable {
        /// The annotation as a whole is no JSON object of texts.
        case annotationMalformed
        /// More options than anybody needs.
        case tooMany(limit: Int)
        /// No such keyword exists in this block; the nearest one that does.
        case unknown(block: String, nearest: String?)
        /// A text that no keyword or value can be, such as one with braces or a line break.
        case notOneLine
        /// The value is wrong, in the words of the reader of keepalived.conf.
        case wrongValue(String)
        /// The operator itself decides this.
        case decidedByOperator
        /// It would run a program on the node, or write to a file of it.
        case runsProgram
        /// It would change more of the node than the virtual router.
        case reachesBeyondRouter
        /// It has no meaning to this daemon.
        case withoutEffect
    }

    init(_ keyword: String, _ reason: Reason) {
        self.keyword = String(keyword.prefix(64))
        self.reason = reason
    }
}

extension OptionRefusal: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch reason {
        case .annotationMalformed: "verbatimconfig is not a JSON object whose values are texts"
        case .tooMany(let limit): "there are more than \(limit) options"
        case .unknown(let block, let nearest):
            "\(shown) is no keyword of \(block)" + (nearest.map { "; is \($0) meant?" } ?? "")
        case .notOneLine: "\(shown) has a keyword or a value that does not fit into a line of keepalived.conf"
        case .wrongValue(let text): text
        case .decidedByOperator: "\(shown) is not applied, because the operator decides it"
        case .runsProgram: "\(shown) is not applied, because it would run a program on the nodes"
        case .reachesBeyondRouter: "\(shown) is not applied, because it would change more than the virtual router"
        case .withoutEffect: "\(shown) has no effect"
        }
    }

    private var shown: String {
        String(keyword.map { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./".contains($0)) ? $0 : "?" })
    }
}
