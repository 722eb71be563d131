public import JSONDocument

/// A value that travels over the control socket as JSON.
///
/// Readers take the members that they know and pass over the rest, so that a newer vrrpd can say more to an older
/// vrrpctl.
public protocol ControlValue: Sendable, Equatable {
    /// The value as JSON.
    var json: JSONValue { get }

    /// Reads what ``json`` wrote.
    init(_ reader: JSONReader) throws(JSONFieldError)
}
