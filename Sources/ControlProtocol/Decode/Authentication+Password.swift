public import VRRP

extension Authentication {
    /// The authentication that a password means: none for an empty one, else simple text with its first eight octets.
    public init(password: String) {
        guard !password.isEmpty else {
            self = .none
            return
        }
        var octets: UInt64 = 0
        let kept = password.utf8.prefix(Self.longestPassword)
        for octet in kept { octets = octets << 8 | UInt64(octet) }
        self = .simpleText(SimpleTextPassword(octets: octets << UInt64(8 * (Self.longestPassword - kept.count))))
    }

    /// How many octets of a password travel; keepalived cuts off the rest as well.
    public static let longestPassword = 8
}
