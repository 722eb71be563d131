internal import AsyncHTTPClient
internal import Foundation
internal import Glibc
internal import KubernetesAPI
internal import Logging
internal import NIOCore
internal import NIOFoundationCompat
internal import NIOHTTP1
internal import NIOPosix

extension APIClient {
    /// Makes a request and takes the whole answer.
    ///
    /// - Parameter limit: The most bytes of the answer.
    func send(_ request: APIRequest, limit: Int, what: String) async throws -> Data {
        try await retrying(request) {
            let answer = try await withTimeout(timeout) {
                let response = try await start(request)
                return try await data(of: response.body, limit: limit, what: what, asked(request))
            }
            guard let answer else { throw ClientError.timedOut(asked(request), after: timeout) }
            return answer
        }
    }

    /// Makes a request and takes the answer's head; the body is to come piece by piece.
    func stream(_ request: APIRequest) async throws -> HTTPClientResponse.Body {
        try await retrying(request) {
            let response = try await withTimeout(timeout) { try await start(request) }
            guard let response else { throw ClientError.timedOut(asked(request), after: timeout) }
            return response.body
        }
    }

    /// What is said of a request in an error.
    func asked(_ request: APIRequest) -> ClientError.Asked { ClientError.Asked(request, of: configuration.server) }

    /// Makes a request again as long as the server says when that is worth while; and once with fresh credentials.
    private func retrying<Answer: Sendable>(
        _ request: APIRequest, _ attempt: () async throws -> Answer
    ) async throws -> Answer {
        var failures = 0
        var hasRenewed = false
        while true {
            do {
                return try await attempt()
            } catch let error as ClientError {
                if error.code == 401, !hasRenewed, await authenticator.renew() {
                    hasRenewed = true
                } else if let delay = error.retryAfter, error.isTemporary, failures < retries, delay <= timeout {
                    failures += 1
                    logger.debug("\(error); asking again in \(delay)")
                    try await Task.sleep(for: delay)
                } else {
                    throw error
                }
            }
        }
    }

    /// Sends a request, and turns a refusal into an error.
    private func start(_ request: APIRequest) async throws -> HTTPClientResponse {
        let proof = try await authenticator.proof()
        var message = HTTPClientRequest(url: url(of: request))
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        message.headers.add(name: "Accept", value: "application/json")
        message.headers.add(name: "User-Agent", value: "swift-vrrp")
        for (name, value) in proof.headers { message.headers.add(name: name, value: value) }
        message.tlsConfiguration = proof.tls
        if let body = request.body {
            message.headers.add(name: "Content-Type", value: body.contentType)
            message.body = .bytes(ByteBuffer(data: body.data))
        }
        let response: HTTPClientResponse
        do {
            response = try await http.execute(message, deadline: .distantFuture, logger: logger)
        } catch {
            throw try translated(error, request)
        }
        guard !(200..<300).contains(response.status.code) else { return response }
        let body = try? await data(of: response.body, limit: limits.refusal, what: "the reason", asked(request))
        try Task.checkCancellation()
        throw ClientError.refused(
            asked(request),
            ClientError.Refusal(
                code: Int(response.status.code), body: body ?? Data(),
                retryAfter: response.headers.first(name: "Retry-After")))
    }

    private func url(of request: APIRequest) -> String {
        guard let name = configuration.serverName, let host = URL(string: configuration.server)?.host,
            let range = configuration.server.range(of: host.contains(":") ? "[\(host)]" : host)
        else { return configuration.server + request.target }
        // The name stands in for the host, whose address the connections know.
        return configuration.server.replacingCharacters(in: range, with: name) + request.target
    }

    private func data(
        of body: HTTPClientResponse.Body, limit: Int, what: String, _ asked: ClientError.Asked
    ) async throws -> Data {
        var data = Data()
        do {
            for try await part in body {
                guard data.count + part.readableBytes <= limit else {
                    throw ClientError.tooLarge(asked, what: what, limit: limit)
                }
                data.append(contentsOf: part.readableBytesView)
            }
        } catch let error as ClientError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw ClientError.unreachable(asked, reason(of: error))
        }
        try Task.checkCancellation()
        return data
    }

    /// The error that a caller sees; throws `CancellationError` where the task was cancelled.
    func translated(_ error: any Error, _ request: APIRequest) throws -> ClientError {
        try Task.checkCancellation()
        if let error = error as? ClientError { return error }
        return .unreachable(asked(request), reason(of: error))
    }

    private func reason(of error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as NIOConnectionError:
            // One reason for each address that the name has; they rarely differ.
            error.connectionErrors.first.map { reason(of: $0.error) } ?? "\(error.host) has no address"
        // What the library puts around the system's own words says nothing more.
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: String("\(error)".prefix(300))
        }
    }
}

/// Runs `body`, and cancels it when the time is over; nil then.
func withTimeout<Value: Sendable>(
    _ duration: Duration, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: duration)
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}
