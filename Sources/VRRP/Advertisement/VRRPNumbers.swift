/// The assigned numbers and field offsets of the protocol (RFC 9568, sections 5.1 and 5.2; RFC 3768, section 5).
public enum VRRPNumbers {
    /// The IP protocol and next-header number.
    public static let ipProtocol: UInt8 = 112
    /// The TTL or hop limit of every advert, and the only one accepted.
    public static let hopLimit: UInt8 = 255
    /// The type field of an advert, the only type there is.
    public static let advertisementType: UInt8 = 1
    /// The length of the fixed part of a message of either version, in octets.
    public static let headerLength = 8
    /// The length of the authentication data that ends a VRRPv2 message, in octets.
    public static let authenticationDataLength = 8
    /// The length of the longest message: 255 IPv6 addresses.
    public static let longestMessage = headerLength + 255 * 16

    /// Where a field starts, counted in octets from the start of the message.
    enum Offset {
        static let versionAndType = 0
        static let virtualRouterID = 1
        static let priority = 2
        static let addressCount = 3
        /// VRRPv2: authentication type. VRRPv3: four reserved bits and the upper four of the interval.
        static let authenticationType = 4
        static let advertisementIntervalSeconds = 5
        static let maximumAdvertisementInterval = 4
        static let checksum = 6
        static let addresses = 8
    }
}
