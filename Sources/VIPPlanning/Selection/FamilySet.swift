import VRRP

/// None, one or both of the families.
struct FamilySet: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let ipv4 = FamilySet(rawValue: 1)
    static let ipv6 = FamilySet(rawValue: 2)
    static let both: FamilySet = [.ipv4, .ipv6]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// One family.
    init(_ family: AddressFamily) {
        switch family {
        case .ipv4: self = .ipv4
        case .ipv6: self = .ipv6
        }
    }

    /// The families of claims.
    init(_ claims: [Claim]) { self = claims.reduce(into: []) { $0.formUnion(FamilySet($1.family)) } }

    /// The families in the set, IPv4 first.
    var families: [AddressFamily] { AddressFamily.allCases.filter { contains(FamilySet($0)) } }
}
