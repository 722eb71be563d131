public import Foundation

/// Why a request was not answered as it should be.
public enum ClientError: Error, Hashable, Sendable {
    /// The request cannot be made.
    case invalidRequest(String)
    /// What proves who asks cannot be had.
    case credentials(String)
    /// The server could not be reached, or the connection broke.
    case unreachable(Asked, String)
    /// There was no answer in time.
    case timedOut(Asked, after: Duration)
    /// The server refused.
    case refused(Asked, Refusal)
    /// The answer is no JSON of the form that it should have.
    case unreadable(Asked, String)
    /// The answer is larger than what is taken from a server.
    case tooLarge(Asked, what: String, limit: Int)

    /// What was asked of which server.
    public struct Asked: Hashable, Sendable, CustomStringConvertible {
        /// The method with the address.
        public let description: String

        /// This request, to the server of this address.
        public init(_ request: APIRequest, of server: String) {
            // The token of a list that goes on is long and tells nobody anything.
            var request = request
            request.parameters.removeAll { $0.name == "continue" }
            description = "\(request.method.rawValue) \(server)\(request.target)"
        }
    }

    /// What a server said when it refused.
    public struct Refusal: Hashable, Sendable {
        /// The HTTP code.
        public var code: Int
        /// The reason in CamelCase; nil where the answer was not a server's own.
        public var reason: String?
        /// The reason for people.
        public var message: String?
        /// Single causes.
        public var causes: [Status.Cause]
        /// When it is worth trying again.
        public var retryAfter: Duration?

        /// A refusal by code and body of an answer.
        ///
        /// - Parameter retryAfter: The header of that name.
        public init(code: Int, body: Data, retryAfter: String? = nil) {
            let status = try? JSONDecoder().decode(Status.self, from: body)
            self.init(status ?? Status(), code: code)
            // What stands between may answer in a form of its own.
            if status?.message == nil, !body.isEmpty { message = String(decoding: body.prefix(200), as: UTF8.self) }
            let seconds = retryAfter.flatMap { Int($0) } ?? status?.details?.retryAfterSeconds
            self.retryAfter = seconds.flatMap { (0...3600).contains($0) ? .seconds($0) : nil }
        }

        /// A refusal that came as an object, in the middle of a watch.
        init(_ status: Status, code: Int? = nil) {
            self.code = code ?? status.code ?? 500
            reason = status.reason
            message = status.message
            causes = Array((status.details?.causes ?? []).prefix(100))
        }
    }
}

extension ClientError {
    /// The code of the server's refusal; nil for anything else.
    public var code: Int? {
        guard case .refused(_, let refusal) = self else { return nil }
        return refusal.code
    }

    /// Whether there is no such object, or no such type.
    public var isNotFound: Bool { code == 404 }
    /// Whether the version that was asked for is no longer kept (410).
    public var isGone: Bool { code == 410 }
    /// Whether somebody else has changed the object, owns its fields, or has created it before.
    public var isConflict: Bool { code == 409 }
    /// Whether an object of that name exists already.
    public var isAlreadyThere: Bool {
        guard case .refused(_, let refusal) = self else { return false }
        return refusal.code == 409 && refusal.reason == "AlreadyExists"
    }
    /// When the server finds it worth trying again; nil where it did not say.
    public var retryAfter: Duration? {
        guard case .refused(_, let refusal) = self else { return nil }
        return refusal.retryAfter
    }
    /// Whether the same request may be answered later: the trouble is not with the request itself.
    public var isTemporary: Bool {
        switch self {
        case .unreachable, .timedOut, .credentials: true
        case .refused(_, let refusal): refusal.code == 429 || refusal.code >= 500
        case .invalidRequest, .unreadable, .tooLarge: false
        }
    }
}

extension ClientError: CustomStringConvertible {
    /// One sentence without a full stop: what was asked of which server, and what came of it.
    public var description: String {
        switch self {
        case .invalidRequest(let reason): reason
        case .credentials(let reason): reason
        case .unreachable(let asked, let reason): "\(asked): the server cannot be reached: \(reason)"
        case .timedOut(let asked, let duration): "\(asked): no answer within \(duration)"
        case .refused(let asked, let refusal): "\(asked): the server answered \(refusal)"
        case .unreadable(let asked, let reason): "\(asked): the answer cannot be read: \(reason)"
        case .tooLarge(let asked, let what, let limit): "\(asked): \(what) is larger than \(limit) bytes"
        }
    }
}

extension ClientError.Refusal: CustomStringConvertible {
    /// Code, reason and message.
    public var description: String {
        let message = message.map { ": \($0.prefix(1000))" } ?? ""
        return "\(code)" + (reason.map { " \($0)" } ?? "") + message
    }
}

extension ClientError {
    /// What is wrong with JSON, without the frills that Foundation puts around it.
    public static func sentence(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        let context: DecodingError.Context
        let what: String?
        switch error {
        case .keyNotFound(let key, let place): (context, what) = (place, "there is no member \"\(key.stringValue)\"")
        case .typeMismatch(let type, let place): (context, what) = (place, "this is no \(type)")
        case .valueNotFound(let type, let place): (context, what) = (place, "this is null instead of \(type)")
        case .dataCorrupted(let place): (context, what) = (place, nil)
        @unknown default: return "\(error)"
        }
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return "\(path.isEmpty ? "the text" : String(path.prefix(200))): \(what ?? context.debugDescription)"
    }
}
