import CLinux
import Glibc
import VRRP
import VRRPEngine

/// Drops packets to and from addresses that are held without being accepted (RFC 9568, section 6.1, Accept_Mode).
///
/// The table in the kernel is made when the first address is refused and removed by ``remove()``. Each change is one
/// transaction: it happens as a whole or not at all.
struct TrafficFilter: ~Copyable {
    private var channel: NetlinkChannel?
    private var refused: Set<IPAddress> = []
    private var exists = false
    private var table: FilterTable
    private let tableSuffix: String

    /// A filter that lets everything pass and has not touched the kernel.
    ///
    /// - Parameter tableSuffix: What the name of its table ends in, behind that of the policy.
    init(tableSuffix: String = "") {
        self.tableSuffix = tableSuffix
        table = FilterTable(policy: FilterPolicy(), suffix: tableSuffix)
    }

    /// Takes another table from now on; one that exists is replaced at once, with all that it holds.
    mutating func adopt(_ policy: FilterPolicy) throws(NetlinkError) {
        let old = table
        table = FilterTable(policy: policy, suffix: tableSuffix)
        guard exists, table != old else { return }
        let name = "replace the packet filter"
        // Until the new one is there, the old one goes on refusing.
        if policy.table != old.policy.table {
            do { try create(name) } catch {
                table = old
                exists = true
                throw error
            }
        }
        let (table, addresses) = (table, refused)
        try transact(name) { (batch) throws(SystemCallError) in
            if policy.table != old.policy.table {
                try old.appendDeletion(to: &batch)
            } else {
                try table.appendCreation(refusing: addresses, replacing: .any, to: &batch)
            }
        }
    }

    /// Removes tables that dead processes have left behind, so that no address stays refused for good.
    ///
    /// Call it before anything is refused.
    ///
    /// - Parameter suffixes: What their names end in, behind that of the policy in force.
    mutating func removeLeftovers(suffixes: [String]) throws(NetlinkError) {
        let present = try tableNames()
        for suffix in suffixes {
            let leftover = FilterTable(policy: table.policy, suffix: suffix)
            guard present.contains(leftover.name) else { continue }
            do {
                try transact("remove the packet filter of a dead process") { (batch) throws(SystemCallError) in
                    try leftover.appendRemovalOfLeftover(to: &batch)
                }
            } catch  where error.errorNumber == ENOENT {
                // It refused nothing, or the table is somebody else's.
                continue
            }
        }
    }

    /// Begins to drop packets to and from an address.
    mutating func refuse(_ address: IPAddress) throws(NetlinkError) {
        guard refused.insert(address).inserted else { return }
        try change("refuse packets to \(address)", address, isRefused: true)
    }

    /// Ends dropping them.
    mutating func allow(_ address: IPAddress) throws(NetlinkError) {
        guard refused.remove(address) != nil, exists else { return }
        try change("allow packets to \(address)", address, isRefused: false)
    }

    /// Takes the table out of the kernel.
    mutating func remove() throws(NetlinkError) {
        refused.removeAll()
        guard exists else { return }
        exists = false
        let table = table
        do {
            try transact("remove the packet filter") { (batch) throws(SystemCallError) in
                batch.append(try table.deletion())
            }
        } catch  where error.errorNumber == ENOENT {
            // Somebody else has removed it.
            return
        }
    }

    private mutating func change(_ name: String, _ address: IPAddress, isRefused: Bool) throws(NetlinkError) {
        guard exists else { return try create(name) }
        let table = table
        do {
            try transact(name) { (batch) throws(SystemCallError) in
                batch.append(try table.element(address, isRefused: isRefused))
            }
        } catch  where error.errorNumber == ENOENT {
            // Somebody has flushed all tables; this one is made again with all that it held.
            try create(name)
        }
    }

    private mutating func create(_ name: String) throws(NetlinkError) {
        exists = false
        do {
            try create(name, replacing: table.hasOwnName ? .any : .none)
        } catch  where error.errorNumber == EEXIST && !table.hasOwnName {
            do {
                try create(name, replacing: .leftover)
            } catch  where error.errorNumber == ENOENT {
                // To replace it would be to take somebody's packet filter away.
                let explanation = "the table \(table.name) belongs to somebody else"
                throw NetlinkError(name, errorNumber: EEXIST, explanation: explanation)
            }
        }
        exists = true
    }

    private mutating func create(
        _ name: String, replacing predecessor: FilterTable.Predecessor
    ) throws(NetlinkError) {
        let (table, addresses) = (table, refused)
        try transact(name) { (batch) throws(SystemCallError) in
            try table.appendCreation(refusing: addresses, replacing: predecessor, to: &batch)
        }
    }

    /// The names of the tables that there are; none where the kernel has no nf_tables.
    private mutating func tableNames() throws(NetlinkError) -> Set<String> {
        var names: Set<String> = []
        do throws(SystemCallError) {
            try connect()
            _ = try channel?.dump(.filter(NFT_MSG_GETTABLE, flags: NLM_F_DUMP)) { message in
                for attribute in NetlinkAttributes(message.payload, behind: MemoryLayout<nfgenmsg>.size)
                where attribute.kind == Int(NFTA_TABLE_NAME.rawValue) {
                    names.insert(attribute.text)
                }
            }
        } catch {
            guard !Self.meansNoTables(error) else { return [] }
            throw NetlinkError("list the packet filters", error)
        }
        return names
    }

    /// Whether the kernel was built without nf_tables, or cannot load it: it knows no such family of netlink
    /// (EPROTONOSUPPORT), or no such messages in it (EINVAL, or EOPNOTSUPP in a transaction).
    static func meansNoTables(_ error: SystemCallError) -> Bool {
        [EPROTONOSUPPORT, EINVAL, EOPNOTSUPP].contains(error.errorNumber)
    }

    private mutating func connect() throws(SystemCallError) {
        if channel == nil { channel = try NetlinkChannel(family: NETLINK_NETFILTER) }
    }

    private mutating func transact(
        _ name: String, _ fill: (inout NetlinkBatch) throws(SystemCallError) -> Void
    ) throws(NetlinkError) {
        do { try connect() } catch { throw NetlinkError(name, error) }
        try channel?.transact(name, fill)
    }
}
