public import JSONDocument

/// A moment of civil time in UTC, to the millisecond; for people and logs, never for timers.
public struct WallTime: Hashable, Sendable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted; of the years 0 to 9999.
    public let millisecondsSinceEpoch: Int64

    /// A moment; one outside of the years 0 to 9999 is moved to the nearest end.
    public init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = min(max(millisecondsSinceEpoch, -62_167_219_200_000), 253_402_300_799_999)
    }

    /// The moment before or after the other one.
    public static func < (left: Self, right: Self) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    private static let millisecondsPerDay: Int64 = 86_400_000
}

extension WallTime: CustomStringConvertible {
    /// RFC 3339: `2026-11-22T19:36:59.250Z`.
    public var description: String {
        let ofDay = millisecondsSinceEpoch.flooredRemainder(Self.millisecondsPerDay)
        let date = CivilDate(daysSinceEpoch: (millisecondsSinceEpoch - ofDay) / Self.millisecondsPerDay)
        return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))T"
            + "\(digits(ofDay / 3_600_000, 2)):\(digits(ofDay / 60_000 % 60, 2)):\(digits(ofDay / 1000 % 60, 2))."
            + "\(digits(ofDay % 1000, 3))Z"
    }

    /// Reads the one form that ``description`` writes; nil for anything else.
    public init?(_ text: String) {
        let octets = Array(text.utf8)
        guard octets.count == 24 else { return nil }
        for (position, separator) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "."), (23, "Z")]
        where octets[position] != separator.utf8.first { return nil }
        guard let year = number(octets[0..<4]), let month = number(octets[5..<7]), let day = number(octets[8..<10]),
            let hour = number(octets[11..<13]), let minute = number(octets[14..<16]),
            let second = number(octets[17..<19]), let millisecond = number(octets[20..<23]),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
        guard CivilDate(daysSinceEpoch: days).day == day else { return nil }
        self.init(
            millisecondsSinceEpoch: (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millisecond)
    }
}

extension WallTime: ControlValue {
    /// The text of RFC 3339.
    public var json: JSONValue { .string(description) }

    /// Reads the text of RFC 3339.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        self = try reader.string(as: "a time as in \"2026-11-22T19:36:59.250Z\"") { WallTime($0) }
    }
}

/// A date of the Gregorian calendar.
///
/// The year is counted from March, so that the leap day is its last; eras of 400 years have equal lengths.
private struct CivilDate {
    var year: Int64
    var month: Int64
    var day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSinceEpoch: Int64) {
        let days = daysSinceEpoch + 719_468
        let dayOfEra = days.flooredRemainder(146_097)
        let era = (days - dayOfEra) / 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int64 {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let yearOfEra = yearFromMarch.flooredRemainder(400)
        let era = (yearFromMarch - yearOfEra) / 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Int64 {
    /// The remainder of a division that rounds down: never negative.
    fileprivate func flooredRemainder(_ divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}

private func digits(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}

private func number(_ octets: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for octet in octets {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) else { return nil }
        value = value * 10 + Int64(octet - UInt8(ascii: "0"))
    }
    return value
}
