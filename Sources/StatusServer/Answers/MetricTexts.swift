import NIOCore
import Telemetry

/// The metrics in each format. Whoever asks for one while they are gathered for another gets the same ones.
struct MetricTexts: Sendable {
    private let prometheusText: Shared<ByteBuffer>
    private let openMetrics: Shared<ByteBuffer>

    init(_ content: StatusServer.Content) {
        let families = Shared {
            await content.metrics() + (content.hasProcessMetrics ? ProcessFamilies.families() : [])
        }
        func text(_ format: ExpositionFormat) -> Shared<ByteBuffer> {
            Shared { ByteBuffer(bytes: Exposition.octets(of: await families.value(), format: format)) }
        }
        prometheusText = text(.prometheusText)
        openMetrics = text(.openMetrics)
    }

    /// The metrics of this moment.
    func text(_ format: ExpositionFormat) async -> ByteBuffer {
        switch format {
        case .prometheusText: await prometheusText.value()
        case .openMetrics: await openMetrics.value()
        }
    }
}
