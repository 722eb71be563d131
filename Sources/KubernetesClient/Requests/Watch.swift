internal import AsyncHTTPClient
internal import Foundation
public import KubernetesAPI
internal import NIOCore

extension APIClient {
    /// Watches a collection after a version of it.
    ///
    /// - Parameter seconds: When the server shall end the watch.
    public func watch<Object>(
        _ collection: ResourceCollection<Object>, _ selection: Selection = .all, after resourceVersion: String,
        forSeconds seconds: Int = 300
    ) async throws -> Watch<Object> {
        let request = try APIRequest.watch(collection, selection, after: resourceVersion, forSeconds: seconds)
        return Watch(body: try await stream(request), request: request, client: self)
    }
}

/// The changes of a collection as they happen; its end is the end of the connection.
///
/// To leave the loop over it ends the watch.
public struct Watch<Object: APIObject>: AsyncSequence, Sendable {
    let body: HTTPClientResponse.Body
    let request: APIRequest
    let client: APIClient

    /// Begins to read; a watch can be read once.
    public func makeAsyncIterator() -> Iterator {
        Iterator(body: body.makeAsyncIterator(), framing: LineFraming(limit: client.limits.watchLine), watch: self)
    }

    /// Reads a watch.
    public struct Iterator: AsyncIteratorProtocol {
        var body: HTTPClientResponse.Body.AsyncIterator
        var framing: LineFraming
        let watch: Watch

        /// The next event; nil when the connection has ended, or was silent for too long: where nothing happens servers
        /// need not say anything, and whoever asks again finds out whether there is one.
        public mutating func next() async throws -> WatchEvent<Object>? {
            while true {
                if let event = try nextBuffered() { return event }
                let part: ByteBuffer?
                do {
                    part = try await body.next()
                } catch let error as HTTPClientError where error == .readTimeout {
                    return nil
                } catch {
                    throw try watch.client.translated(error, watch.request)
                }
                try Task.checkCancellation()
                guard let part else { return nil }
                framing.append(part.readableBytesView)
            }
        }

        private mutating func nextBuffered() throws(ClientError) -> WatchEvent<Object>? {
            do {
                return try framing.next().map { try WatchEvent(line: $0) }
            } catch is LineFraming.LineTooLong {
                throw .tooLarge(watch.client.asked(watch.request), what: "an event", limit: framing.limit)
            } catch {
                throw .unreadable(watch.client.asked(watch.request), ClientError.sentence(of: error))
            }
        }
    }
}
