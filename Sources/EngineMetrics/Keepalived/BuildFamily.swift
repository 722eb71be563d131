import ControlProtocol
import Telemetry

/// What programs of Prometheus' Go library say of their build, under the name that mehdy's exporter gives it.
///
/// A program of Swift has no version of Go, and none of its revision and branch at run time: those labels are empty.
enum BuildFamily {
    private static let description = MetricDescription(
        "keepalived_exporter_build_info", .gauge,
        labels: ["branch", "goarch", "goos", "goversion", "revision", "tags", "version"],
        help: "1, with the version of the program that serves the metrics, and what it was built for")

    static let catalogue = [description]

    static var family: MetricFamily {
        var family = MetricFamily(description)
        family.set(
            1,
            labels: [
                "branch": "", "goarch": architecture, "goos": "linux", "goversion": "", "revision": "", "tags": "",
                "version": programVersion,
            ])
        return family
    }

    /// The architecture by Go's word for it.
    private static var architecture: String {
        #if arch(x86_64)
            "amd64"
        #elseif arch(arm64)
            "arm64"
        #else
            ""
        #endif
    }
}
