import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Asks for a page.
func fetch(_ address: String) async throws -> (code: Int, text: String) {
    let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: address), timeout: .seconds(10))
    let body = try await response.body.collect(upTo: 4 << 20)
    return (Int(response.status.code), String(decoding: body.readableBytesView, as: UTF8.self))
}
