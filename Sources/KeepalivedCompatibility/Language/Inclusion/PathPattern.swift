/// The path of an inclusion: `a.conf`, `conf.d/*.conf`, `{global,vrrp/{one,two}}.conf`.
struct PathPattern {
    /// The path as written.
    let text: String

    /// Whether wildcards stand in it, or a backslash that takes their meaning from them.
    var hasWildcard: Bool { text.utf8.contains(where: Self.isWildcard) }

    /// The folder that must exist for the wildcards to match anything, with its slash; nil for the folder of the file.
    var fixedFolder: String? {
        text.utf8.prefix { !Self.isWildcard($0) }.lastIndex(of: UInt8(ascii: "/")).map { String(text[...$0]) }
    }

    /// The path as seen from a folder, whose own name is taken literally.
    func resolved(from folder: String) -> PathPattern {
        guard !text.hasPrefix("/"), !folder.isEmpty else { return self }
        let folder = folder.hasSuffix("/") ? folder : folder + "/"
        guard text.utf8.contains(where: Self.isSpecial) else { return PathPattern(text: folder + text) }
        let literal = folder.utf8.flatMap { Self.isSpecial($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
        return PathPattern(text: String(decoding: literal, as: UTF8.self) + text)
    }

    /// The paths that the braces stand for, in the order in which they are written; the path itself without braces, nil
    /// where they are more than `limit`.
    func alternatives(limit: Int) -> [PathPattern]? {
        var pending = [Array(text.utf8)]
        var finished: [PathPattern] = []
        while let next = pending.popLast() {
            if let expanded = Self.firstBraces(of: next) {
                pending += expanded.reversed()
            } else {
                finished.append(PathPattern(text: String(decoding: next, as: UTF8.self)))
            }
            guard pending.count + finished.count <= limit else { return nil }
        }
        return finished
    }

    private static func isWildcard(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "\\"): true
        default: false
        }
    }

    private static func isSpecial(_ octet: UInt8) -> Bool {
        isWildcard(octet) || octet == UInt8(ascii: "{") || octet == UInt8(ascii: "}") || octet == UInt8(ascii: ",")
    }

    /// The path once for each alternative of its first pair of braces; nil without a pair. As in a shell, `{}` is none.
    private static func firstBraces(of path: [UInt8]) -> [[UInt8]]? {
        var depth = 0
        var cuts: [Int] = []
        var position = 0
        while position < path.count {
            switch path[position] {
            case UInt8(ascii: "\\"): position += 1
            case UInt8(ascii: "{") where path[position...].starts(with: "{}".utf8): position += 1
            case UInt8(ascii: "{"):
                if depth == 0 { cuts = [position] }
                depth += 1
            case UInt8(ascii: ",") where depth == 1: cuts.append(position)
            case UInt8(ascii: "}") where depth > 0:
                depth -= 1
                guard depth == 0, let start = cuts.first else { break }
                cuts.append(position)
                return zip(cuts, cuts.dropFirst()).map { before, end -> [UInt8] in
                    var alternative = Array(path[..<start])
                    alternative += path[(before + 1)..<end]
                    alternative += path[(position + 1)...]
                    return alternative
                }
            default: break
            }
            position += 1
        }
        return nil
    }
}
