/// Counts the results of a check that is made again and again, so that a single one need not decide.
///
/// A good check becomes bad with `fall` failures in a row, a bad one good with `rise` successes in a row. The first
/// result of all decides by itself, unless the check starts as failed.
public struct CheckCounter: Hashable, Sendable {
    private let rise: Int
    private let fall: Int
    /// 0 to `rise + fall - 1`; good from `rise` on.
    private var value: Int

    /// A check without results.
    ///
    /// - Parameters:
    ///   - rise: How many successes in a row make it good; less than 1 is read as 1.
    ///   - fall: How many failures in a row make it bad; less than 1 is read as 1.
    ///   - startsFailed: Whether the first success is only the first of `rise`.
    public init(rise: Int, fall: Int, startsFailed: Bool = false) {
        self.rise = max(1, rise)
        self.fall = max(1, fall)
        value = startsFailed ? 0 : self.rise - 1
    }

    /// Whether the check is good at the moment; false before the first result.
    public var isGood: Bool { value >= rise }

    /// How far it is from the other state: 0 to `rise + fall - 1`, good from `rise` on.
    public var level: Int { value }

    /// Takes a result in.
    public mutating func note(success: Bool) {
        switch (isGood, success) {
        case (true, true): value = rise + fall - 1
        case (true, false): value = value == rise ? 0 : value - 1
        case (false, true): value = value == rise - 1 ? rise + fall - 1 : value + 1
        case (false, false): value = 0
        }
    }
}
