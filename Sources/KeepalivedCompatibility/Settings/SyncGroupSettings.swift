/// What a `vrrp_sync_group` says, as written.
struct SyncGroupSettings: Sendable {
    var name: Located<String>
    /// The names of its instances.
    var members: [Located<String>] = []
    var trackedInterfaces: [Located<TrackedInterface>] = []
    /// Whether what the members track may have weights; without it they change their priority together or not at all.
    var allowsWeights: Located<Bool>?
    /// Whether something that was read of it is an error.
    var hasErrors = false

    var notification = NotificationSettings()
    var tracking = TrackingSettings()

    init(name: Located<String>) { self.name = name }
}
