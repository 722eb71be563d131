/// What an instance or a group says about telling people and programs, as written; nil where it says nothing.
struct NotificationSettings: Sendable {
    var onMaster: Located<NotificationCommand>?
    var onBackup: Located<NotificationCommand>?
    var onFault: Located<NotificationCommand>?
    var onStop: Located<NotificationCommand>?
    var onDeletion: Located<NotificationCommand>?
    var onLowerPriority: Located<NotificationCommand>?
    var onAnyState: Located<NotificationCommand>?
    /// Whether a deletion is told as one, and not as a fault.
    var tellsDeletion: Located<Bool>?
    /// Whether changes of the priority are told.
    var tellsPriority: Located<Bool>?
    /// Whether mails are sent.
    var sendsMail: Located<Bool>?
}

/// What `global_defs` says about telling people and programs, as written; nil where it says nothing.
struct GlobalNotificationSettings: Sendable {
    var recipients: [Located<String>] = []
    var sender: Located<String>?
    var mailServer: Located<MailServer>?
    var mailClientName: Located<String>?
    var mailTimeout: Located<Int>?
    var sendsMail: Located<Bool>?
    var sendsMailOfInstances: Located<Bool>?
    var isSilentAboutFaults: Located<Bool>?

    var fifo: Located<FIFOSettings>?
    var fifoScript: Located<NotificationCommand>?
    var instanceFIFO: Located<FIFOSettings>?
    var instanceFIFOScript: Located<NotificationCommand>?
    var tellsPriority: Located<Bool>?
    var tellsStatesOnReload: Located<Bool>?

    var startupScript: Located<NotificationCommand>?
    var startupTimeout: Located<Int>?
    var shutdownScript: Located<NotificationCommand>?
    var shutdownTimeout: Located<Int>?
    var keepsSupplementaryGroups: Located<Bool>?
    var keepsLinks: Located<Bool>?
}
