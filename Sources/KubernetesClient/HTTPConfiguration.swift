internal import AsyncHTTPClient
internal import Foundation
internal import KubernetesAPI
internal import NIOCore

extension HTTPClient.Configuration {
    /// How connections to a server are made and kept.
    ///
    /// - Parameter silence: how long the server may say nothing in the middle of an answer.
    init(_ configuration: ClientConfiguration, silence: Duration) throws(ClientError) {
        self.init(
            redirectConfiguration: .disallow,
            timeout: Timeout(connect: .seconds(10), read: .nanoseconds(Int64(silence / .nanoseconds(1)))))
        // One connection a watch: then a connection that hangs stops one watch, and not all that the program does.
        httpVersion = .http1Only
        connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        // Who asks knows better when to ask again.
        connectionPool.retryConnectionEstablishment = false
        // NIO takes a certificate that has this name; one that has the address which it speaks to will do as well.
        if let name = configuration.serverName, let host = URL(string: configuration.server)?.host {
            dnsOverride[name] = host.trimmingCharacters(in: ["[", "]"])
        }
        if let text = configuration.proxy { proxy = try Self.proxy(text) }
    }

    private static func proxy(_ text: String) throws(ClientError) -> HTTPClient.Configuration.Proxy {
        guard let url = URL(string: text), let host = url.host else {
            throw .invalidRequest("the proxy \"\(text.prefix(200))\" is no address")
        }
        switch url.scheme {
        case "http": return .server(host: host, port: url.port ?? 80)
        case "socks5": return .socksServer(host: host, port: url.port ?? 1080)
        default:
            throw .invalidRequest("the proxy \"\(text.prefix(200))\" is neither http:// nor socks5://")
        }
    }
}
