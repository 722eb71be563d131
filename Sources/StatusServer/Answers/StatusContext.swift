import Hummingbird
import NIOCore

/// What is known of a request beside the request.
struct StatusContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Whom it comes from.
    let origin: ConnectionOrigin

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        origin = ConnectionOrigin(source.channel.remoteAddress?.ipAddress)
    }
}
