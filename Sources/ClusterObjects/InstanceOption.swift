/// The keywords of a vrrp_instance that anybody who may write a Service may use: those that concern the one router, run
/// nothing, and cannot take what is another's. Not `promote_secondaries`, which changes a sysctl of the whole interface.
enum InstanceOption: String, CaseIterable {
    case accept
    case advertInterval = "advert_int"
    case announcementDelay = "garp_master_delay"
    case announcementRefresh = "garp_master_refresh"
    case announcementRefreshRepeat = "garp_master_refresh_repeat"
    case announcementRepeat = "garp_master_repeat"
    case contestAnnouncementDelay = "garp_lower_prio_delay"
    case contestAnnouncementRepeat = "garp_lower_prio_repeat"
    case downTimerAdverts = "down_timer_adverts"
    case noAccept = "no_accept"
    case noPreempt = "nopreempt"
    case preempt
    case preemptDelay = "preempt_delay"
    case sendsAdvertToHigherPriority = "higher_prio_send_advert"
    case staysSilentToLowerPriority = "lower_prio_no_advert"

    /// Whether the keyword exists in global_defs as well, under the name `vrrp_` followed by this one, where it holds for
    /// all instances.
    var hasGlobalForm: Bool {
        switch self {
        case .announcementDelay, .announcementRefresh, .announcementRefreshRepeat, .announcementRepeat,
            .contestAnnouncementDelay, .contestAnnouncementRepeat, .downTimerAdverts, .sendsAdvertToHigherPriority,
            .staysSilentToLowerPriority:
            true
        case .accept, .advertInterval, .noAccept, .noPreempt, .preempt, .preemptDelay: false
        }
    }
}
