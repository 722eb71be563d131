import VRRP

/// What a node is in an instance before anybody is heard.
struct FailoverRank: Equatable {
    var priority: Int
    /// Whether the instance begins with `state MASTER`.
    var startsAsMaster: Bool
}

/// The place of a node among the others: the last octet of its own address modulo 128, from 1 to 128.
///
/// OpenShift's image counts from 0 to 127, which makes the priority 255 out of 0: that of a router that owns its addresses
/// and that nobody replaces. Here 0 is 128 instead, which no other octet is.
struct FailoverSlot {
    let number: Int

    /// The place of a node with this address.
    init(_ address: IPAddress) {
        let octet =
            switch address {
            case .v4(let address): Int(address.rawValue & 0x7f)
            case .v6(let address): Int(address.low & 0x7f)
            }
        number = octet == 0 ? 128 : octet
    }

    /// The ranks of the instances, one after the other.
    ///
    /// - Parameters:
    ///   - replicas: how many nodes take part, from 1 on.
    ///   - preempts: whether an instance may begin with `state MASTER`, which excludes `nopreempt`.
    func ranks(replicas: Int, preempts: Bool) -> Ranks {
        Ranks(slot: number, turn: number % 128 % replicas + 1, preempts: preempts)
    }

    /// Gives each instance its rank.
    ///
    /// With each turn of its own the node is first, and with the next one of them last, so that the addresses spread. Where
    /// it is not its turn it has a low priority: OpenShift's image adds a random number up to 31 there, this program 2,
    /// which keeps the order of nodes that lie less than 64 addresses apart and is the same at each start.
    struct Ranks {
        fileprivate let slot: Int
        fileprivate let turn: Int
        fileprivate let preempts: Bool
        fileprivate var wasFirst = false

        /// The rank of the instance with a number; they are asked for in order, from 1 on.
        mutating func next(_ number: Int) -> FailoverRank {
            guard number % turn == 0 else { return FailoverRank(priority: slot % 64 + 2, startsAsMaster: false) }
            // Without preemption it is first with each turn: the addresses stay where they once are anyway.
            defer { wasFirst = preempts && !wasFirst }
            return FailoverRank(priority: wasFirst ? slot + 1 : 255 - slot, startsAsMaster: preempts)
        }
    }
}
