public import JSONDocument
public import VRRP
import VRRPEngine

/// What was received on an interface for no virtual router.
public struct ReceiverStatus: Sendable, Equatable {
    /// The interface.
    public var interface: String
    /// The family of the packets.
    public var family: AddressFamily
    /// Discarded packets by reason.
    public var counters: CounterList
    /// The identifiers that others use on the link and that are not configured here, ascending.
    public var foreignRouters: [ForeignRouter]

    /// An identifier that is not configured here.
    public struct ForeignRouter: Sendable, Hashable {
        /// The identifier; 0 where adverts carry this invalid one.
        public var virtualRouterID: UInt8
        /// How many adverts with it were heard.
        public var advertisements: UInt64
    }

    init(_ snapshot: ReceiverSnapshot) {
        interface = snapshot.interface
        family = snapshot.family
        counters = CounterList(snapshot.discards)
        foreignRouters = snapshot.foreignAdvertisements.sorted { $0.key < $1.key }.map {
            ForeignRouter(virtualRouterID: $0.key, advertisements: $0.value)
        }
    }
}

extension ReceiverStatus: ControlValue {
    /// An object with a member for each property.
    public var json: JSONValue {
        [
            "interface": .string(interface), "family": family.json, "counters": counters.json,
            "foreignRouters": .array(foreignRouters.map(\.json)),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        interface = try reader.member("interface").string()
        family = try reader.member("family").family()
        counters = try CounterList(reader.member("counters"))
        foreignRouters = try reader.member("foreignRouters").elements(ForeignRouter.init)
    }
}

extension ReceiverStatus.ForeignRouter: ControlValue {
    /// `{"virtualRouterID": 51, "advertisements": 12}`.
    public var json: JSONValue {
        [
            "virtualRouterID": .integer(Int64(virtualRouterID)),
            "advertisements": .integer(Int64(clamping: advertisements)),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        virtualRouterID = try reader.member("virtualRouterID").integer()
        advertisements = try reader.member("advertisements").integer()
    }
}
