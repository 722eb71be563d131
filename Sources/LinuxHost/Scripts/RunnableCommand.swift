import Glibc
import JSONDocument

/// A program with its arguments, and the account that it runs as.
public struct RunnableCommand: Hashable, Sendable {
    /// The program and its arguments, at least one word: an absolute path, or a name that is looked up in the usual
    /// directories.
    public var words: [String]
    /// Whom it runs as.
    public var account: ScriptAccount
    /// Whether it runs as root only where nobody else could have written its file.
    public var needsSafePath = false
    /// Whether such a file is then run by the path as it is written, and not by the one behind its links.
    public var keepsLinks = false
    /// Whether it has all rights that its user has, as far as the program was started with them, and may gain others.
    public var keepsRights = false

    /// A command.
    public init(
        words: [String], account: ScriptAccount, needsSafePath: Bool = false, keepsLinks: Bool = false,
        keepsRights: Bool = false
    ) {
        self.words = words
        self.account = account
        self.needsSafePath = needsSafePath
        self.keepsLinks = keepsLinks
        self.keepsRights = keepsRights
    }
}

extension RunnableCommand {
    /// The program as it is written.
    var program: String { words.first ?? "" }

    /// The words, the program by the path of the file that is executed, links followed; as it is written where there is no
    /// such file.
    ///
    /// May wait for a disk: not for the engine's thread.
    public var resolvedWords: [String] {
        guard let path = ScriptPath.find(self), let resolved = realpath(path, nil) else { return words }
        defer { free(resolved) }
        return [String(cString: resolved)] + words.dropFirst()
    }
}

extension RunnableCommand {
    var json: JSONObject {
        [
            "words": .array(words.map(JSONValue.string)), "account": .object(account.json),
            "needsSafePath": .bool(needsSafePath), "keepsLinks": .bool(keepsLinks), "keepsRights": .bool(keepsRights),
        ]
    }

    init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init(
            words: try fields.required("words").elements(count: 1...Int.max) {
                (element) throws(JSONFieldError) in try element.string()
            },
            account: try fields.required("account").object(ScriptAccount.init(fields:)),
            needsSafePath: try fields.required("needsSafePath").bool(),
            keepsLinks: try fields.required("keepsLinks").bool(),
            keepsRights: try fields.required("keepsRights").bool())
    }
}

extension ScriptAccount {
    var json: JSONObject {
        [
            "user": .integer(Int64(user)), "group": .integer(Int64(group)),
            "groups": .array(supplementaryGroups.map { .integer(Int64($0)) }),
        ]
    }

    init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init(
            user: try fields.required("user").integer(), group: try fields.required("group").integer(),
            supplementaryGroups: try fields.required("groups").elements {
                (element) throws(JSONFieldError) in try element.integer()
            })
    }
}
