/// A state of an instance or a group, in the word that keepalived tells scripts.
public enum KeepalivedState: String, Hashable, Sendable {
    /// It has the addresses.
    case master = "MASTER"
    /// Another router may have them.
    case backup = "BACKUP"
    /// It cannot take part.
    case fault = "FAULT"
    /// The program ends.
    case stop = "STOP"
    /// A reload has removed it.
    case deleted = "DELETED"
}
