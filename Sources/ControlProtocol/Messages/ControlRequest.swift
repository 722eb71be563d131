public import JSONDocument

/// What a client asks of vrrpd: `{"request":"status"}`.
public enum ControlRequest: String, Sendable, Hashable, CaseIterable {
    /// Everything that vrrpd knows; one answer.
    case status
    /// The status, then each report as it happens, until the client hangs up.
    case watch

    /// Reads a line, with or without its line feed; unknown members are errors, so that no request is half understood.
    public init(line: [UInt8]) throws(ControlRequestError) {
        guard line.count <= ControlEndpoint.longestRequest + 1 else { throw .tooLong }
        let node: JSONNode
        do { node = try JSONNode.parse(line) } catch { throw .syntax(error) }
        do {
            self = try JSONReader(node).object { (fields) throws(JSONFieldError) in
                try fields.required("request").oneOf(ControlRequest.self)
            }
        } catch { throw .field(error) }
    }

    /// The request as a line, its line feed included.
    public var line: [UInt8] {
        let value: JSONValue = ["request": .string(rawValue)]
        return Array(value.text().utf8) + [UInt8(ascii: "\n")]
    }
}

/// Why a line is not a request.
public enum ControlRequestError: Error, Sendable, Equatable {
    /// The line is longer than ``ControlEndpoint/longestRequest``.
    case tooLong
    /// The line is not JSON.
    case syntax(JSONSyntaxError)
    /// The object is not a request.
    case field(JSONFieldError)
}

extension ControlRequestError: CustomStringConvertible {
    /// One clause for ``ControlAnswer/failure(_:)``.
    public var description: String {
        switch self {
        case .tooLong: "the request is longer than \(ControlEndpoint.longestRequest) octets"
        case .syntax(let error): "the request is not JSON: \(error)"
        case .field(let error): "the request is not understood: \(error)"
        }
    }
}
