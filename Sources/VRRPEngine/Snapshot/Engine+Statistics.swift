extension Engine {
    /// Sets every counter to zero, those of packets that belong to no virtual router included; nothing else changes.
    public mutating func resetStatistics() {
        for slot in routers.indices { routers[slot].statistics = RouterStatistics() }
        latencies = EngineLatencies()
        for table in receiverTables.indices {
            receiverTables[table].discards = DiscardCounters()
            for identifier in receiverTables[table].foreignAdvertisements.indices {
                receiverTables[table].foreignAdvertisements[identifier] = 0
            }
        }
    }
}
