public import KubernetesAPI

/// The image of a group's node pods: the one that the group asks for, unless that has no vrrpd.
public enum NodeImage: Hashable, Sendable {
    /// The operator's own: the group asks for none.
    case own
    /// The one that the group asks for.
    case specified(String)
    /// The operator's own, although the group asks for another one: by its name, that is one of keepalived.
    case replaced(String)
    /// The operator's own, although the group asks for another one: that was written for keepalived-operator.
    case inherited(String)

    /// The image of a group.
    public init(of group: KeepalivedGroup, _ inheritance: Inheritance) {
        let image = group.spec?.image ?? ""
        if image.isEmpty {
            self = .own
        } else if inheritance == .fromKeepalivedOperator {
            self = .inherited(image)
        } else if Self.isOfKeepalived(image) {
            self = .replaced(image)
        } else {
            self = .specified(image)
        }
    }

    /// Whether the name of an image, without registry, tag and digest, is one of keepalived's.
    private static func isOfKeepalived(_ image: String) -> Bool {
        let repository = image.split(separator: "/").last ?? ""
        return repository.prefix { $0 != ":" && $0 != "@" }.contains("keepalived")
    }

    /// The image that runs.
    func name(_ settings: OperatorSettings) -> String {
        switch self {
        case .specified(let image): image
        case .own, .replaced, .inherited: settings.image
        }
    }

    /// What the writer of the group should know; nil where there is nothing.
    public var remark: Remark? {
        sentence.map { Remark(isWarning: false, reason: Self.replacement, message: $0) }
    }

    /// What the group says of it.
    var statement: Statement {
        switch self {
        case .own: Statement(.isTrue, "OperatorImage")
        case .specified: Statement(.isTrue, "Specified")
        case .replaced, .inherited: Statement(.isFalse, Self.replacement, sentence ?? "")
        }
    }

    private static let replacement = "ImageReplaced"

    private var sentence: String? {
        switch self {
        case .own, .specified: nil
        case .replaced(let image):
            "spec.image is \"\(image.prefix(200))\", which has no vrrpd; the node pods run the operator's own image"
        case .inherited(let image):
            "spec.image is \"\(image.prefix(200))\", which was meant for the daemons of keepalived-operator; the node pods "
                + "run the operator's own image until spec.version is set"
        }
    }
}
