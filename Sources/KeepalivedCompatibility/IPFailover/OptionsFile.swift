/// A file of variables for a service, such as `/etc/sysconfig/keepalived`: a shell script by custom, read here without a
/// shell.
public enum OptionsFile {
    /// What such a file says about a variable.
    public enum Finding: Equatable, Sendable {
        /// It is assigned nowhere.
        case nothing
        /// The last assignment gives this value.
        case value(String)
        /// The assignment on this line is more than a plain text, and only a shell could say what it gives.
        case needsShell(line: Int)
    }

    /// Looks for `NAME=value`, with or without `export` before it; the last one counts.
    public static func value(of name: String, in text: String) -> Finding {
        var finding = Finding.nothing
        for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            var line = line.drop(while: \.isBlank)
            if line.starts(with: "export ".utf8) { line = line.dropFirst(7).drop(while: \.isBlank) }
            guard line.starts(with: "\(name)=".utf8) else { continue }
            let value = plainText(line.dropFirst(name.utf8.count + 1))
            finding = value.map(Finding.value) ?? .needsShell(line: index + 1)
        }
        return finding
    }

    /// The text that a shell makes of the word at the beginning of `rest`; nil where it is no plain word, and where more
    /// than a comment follows it.
    private static func plainText(_ rest: Substring.UTF8View) -> String? {
        var rest = rest
        var word: [UInt8] = []
        var quote: UInt8?
        while let octet = rest.popFirst() {
            switch (octet, quote) {
            case (let octet, let open?) where octet == open: quote = nil
            case (_, UInt8(ascii: "'")): word.append(octet)
            case (UInt8(ascii: "\\"), _):
                guard let next = rest.popFirst() else { return nil }
                // Between double quotes a backslash protects only what means something there.
                if quote != nil, !"\\\"$`".utf8.contains(next) { word.append(octet) }
                word.append(next)
            case (UInt8(ascii: "$"), _), (UInt8(ascii: "`"), _): return nil
            case (_, .some): word.append(octet)
            case (UInt8(ascii: "'"), nil), (UInt8(ascii: "\""), nil): quote = octet
            case (UInt8(ascii: " "), nil), (UInt8(ascii: "\t"), nil), (UInt8(ascii: "\r"), nil):
                let following = rest.drop { $0.isBlank || $0 == UInt8(ascii: "\r") }
                guard following.isEmpty || following.first == UInt8(ascii: "#") else { return nil }
                return String(decoding: word, as: UTF8.self)
            case (_, nil):
                guard !"();&|<>*?[".utf8.contains(octet) else { return nil }
                word.append(octet)
            }
        }
        return quote == nil ? String(decoding: word, as: UTF8.self) : nil
    }
}
