import JSONDocument
import VRRP

/// Lengths of time are numbers of milliseconds; a fraction reaches down to a nanosecond.
extension JSONReader {
    /// 30 days: far more than makes sense, and far from any overflow.
    private static var longestInMilliseconds: Int64 { 2_592_000_000 }

    func milliseconds() throws(JSONFieldError) -> Nanoseconds {
        switch node.content {
        case .integer(let count) where (0...Self.longestInMilliseconds).contains(count): return .milliseconds(count)
        case .number(let count) where (0...Double(Self.longestInMilliseconds)).contains(count):
            return Nanoseconds(Int64(count * 1e6 + 0.5))
        default: throw error(allowed: "a number of milliseconds from 0 to \(Self.longestInMilliseconds)")
        }
    }

    func ascendingMilliseconds() throws(JSONFieldError) -> [Nanoseconds] {
        var times: [Nanoseconds] = []
        for element in try elements(count: 0...64) {
            let time = try element.milliseconds()
            if let last = times.last, time < last { throw element.error("is less than the one before") }
            times.append(time)
        }
        return times
    }

    func advertisementInterval() throws(JSONFieldError) -> AdvertisementInterval {
        guard case .integer(let count) = node.content, count % 10 == 0, let centiseconds = Int(exactly: count / 10),
            let interval = AdvertisementInterval(centiseconds: centiseconds)
        else { throw error(allowed: "a multiple of 10 milliseconds from 10 to 255000") }
        return interval
    }
}

extension Nanoseconds {
    /// A number of milliseconds, whole wherever it can be.
    var jsonMilliseconds: JSONValue {
        rawValue % 1_000_000 == 0 ? .integer(rawValue / 1_000_000) : .number(Double(rawValue) / 1e6)
    }
}
