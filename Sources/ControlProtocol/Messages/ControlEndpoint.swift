/// Where vrrpd listens for requests, and how much a line may hold.
///
/// Both sides send one JSON object a line, UTF-8, ended by a line feed.
public enum ControlEndpoint {
    /// The path of the socket unless another one is configured.
    public static let defaultPath = "/run/vrrpd/control.sock"

    /// The longest request in octets, the line feed not counted.
    public static let longestRequest = 64 << 10

    /// The most objects whose states one request may tell.
    public static let mostTrackedObjects = 1024

    /// The longest answer in octets, the line feed not counted: the status of some ten thousand virtual routers.
    public static let longestAnswer = 64 << 20
}
