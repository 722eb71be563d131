internal import Foundation
public import KubernetesAPI

extension Timestamp {
    /// This moment, by the clock that people see.
    public static var now: Timestamp { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }
}
