extension ValueFormat<String> {
    /// A name that the kernel keeps whole for a process.
    static var processName: Self {
        ValueFormat(allowed: "a name of 1 to 15 octets") { text in
            let isName = (1...15).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            return isName ? text : nil
        }
    }

    /// How keepalived sizes the buffers of its sockets.
    static var receiveBuffers: Self {
        ValueFormat(allowed: "MTU, ADVERT or a number of octets from 1 to 4294967295") { text in
            if text == "MTU" || text == "ADVERT" { return text }
            return ValueFormat<Int>.integer(1...4_294_967_295).read(text).map { "\($0)" }
        }
    }
}

extension ValueFormat<Int> {
    /// The permissions that new files do not have: a number as C writes it, or names of permissions with bars in between.
    static var fileModeMask: Self {
        ValueFormat(allowed: "0 to 0777 in octal, or names such as IWGRP|IWOTH") { text in
            let number =
                text.hasPrefix("0x") || text.hasPrefix("0X")
                ? Int(text.dropFirst(2), radix: 16)
                : text.hasPrefix("0") ? Int(text, radix: 8) : Int(text)
            if let number { return (0...0o777).contains(number) ? number : nil }
            var mask = 0
            for name in text.split(separator: "|", omittingEmptySubsequences: false) {
                guard let bit = permissions[String(name.hasPrefix("S_") ? name.dropFirst(2) : name)] else { return nil }
                mask |= bit
            }
            return mask
        }
    }

    private static var permissions: [String: Int] {
        [
            "IRUSR": 0o400, "IWUSR": 0o200, "IXUSR": 0o100, "IRGRP": 0o040, "IWGRP": 0o020, "IXGRP": 0o010,
            "IROTH": 0o004, "IWOTH": 0o002, "IXOTH": 0o001,
        ]
    }
}
