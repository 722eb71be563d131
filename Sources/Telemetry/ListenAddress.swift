/// An address to listen on: `:9650`, `192.0.2.1:9650` or `[2001:db8::1]:9650`.
public struct ListenAddress: Sendable, Hashable {
    /// The address or name of the host; nil for all addresses of this one.
    public let host: String?
    /// The port; 0 lets the kernel choose one.
    public let port: UInt16

    /// An address with its parts.
    public init(host: String?, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads an address.
    public init(_ text: String) throws(ListenAddressError) {
        guard let colon = text.lastIndex(of: ":") else { throw .noPort(text) }
        let number = text[text.index(after: colon)...]
        guard number.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains), let port = UInt16(number) else {
            throw .wrongPort(text)
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { throw .wrongHost(text) }
        } else if host.contains(":") {
            throw .noBrackets(text)
        }
        guard host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") })
        else { throw .wrongHost(text) }
        self.init(host: host.isEmpty ? nil : String(host), port: port)
    }
}

extension ListenAddress: CustomStringConvertible {
    /// The address as a command line has it.
    public var description: String {
        guard let host else { return ":\(port)" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// Why a text is no address to listen on; each with the text.
public enum ListenAddressError: Error, Sendable, Equatable {
    /// It has no colon.
    case noPort(String)
    /// What stands behind the last colon is no port.
    case wrongPort(String)
    /// An IPv6 address stands without brackets.
    case noBrackets(String)
    /// What stands before the port is neither an address nor a name.
    case wrongHost(String)

    /// What is allowed.
    public static let allowed = "HOST:PORT, [IPv6]:PORT or :PORT, with a port from 0 to 65535"
}

extension ListenAddressError: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .noPort(let text): "\"\(text)\" has no port; allowed is \(Self.allowed)"
        case .wrongPort(let text): "\"\(text)\" ends with no port; allowed is \(Self.allowed)"
        case .noBrackets(let text): "\"\(text)\" has an IPv6 address without brackets; allowed is \(Self.allowed)"
        case .wrongHost(let text): "\"\(text)\" begins with no host; allowed is \(Self.allowed)"
        }
    }
}
