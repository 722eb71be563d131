public import Foundation

/// A request to an API server, as a value.
public struct APIRequest: Hashable, Sendable {
    /// The method.
    public enum Method: String, Hashable, Sendable {
        /// Reads.
        case get = "GET"
        /// Creates.
        case post = "POST"
        /// Replaces.
        case put = "PUT"
        /// Changes.
        case patch = "PATCH"
        /// Deletes.
        case delete = "DELETE"
    }

    /// What is done.
    public var method: Method
    /// To what.
    public var path: ResourcePath
    /// How.
    public var parameters: [Parameter] = []
    /// With what.
    public var body: Body?

    /// A parameter of a request.
    public struct Parameter: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: String
    }

    /// What a request sends.
    public struct Body: Hashable, Sendable {
        /// What the bytes are.
        public var contentType: String
        /// The bytes.
        public var data: Data
    }

    init(_ method: Method, _ path: ResourcePath, _ parameters: [(String, String)] = [], body: Body? = nil) {
        self.method = method
        self.path = path
        self.parameters = parameters.map { Parameter(name: $0.0, value: $0.1) }
        self.body = body
    }

    /// The path with the parameters.
    public var target: String {
        let query = parameters.map { "\($0.name)=\(percentEncoded($0.value))" }.joined(separator: "&")
        return query.isEmpty ? path.description : "\(path)?\(query)"
    }
}

extension APIRequest.Body {
    init(_ contentType: String, _ value: some Encodable) throws(ClientError) {
        self.contentType = contentType
        do {
            data = try JSONEncoder.ofObjects.encode(value)
        } catch {
            throw .invalidRequest("the object cannot be written as JSON: \(ClientError.sentence(of: error))")
        }
    }
}

extension JSONEncoder {
    /// Writes the same bytes for equal values.
    static var ofObjects: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
