import VRRP

extension InstanceTranslation {
    /// Whether what the standards do not have is to be left out.
    var isStrict: Bool { instance.isStrict(global) }

    /// Leaves out what strict mode rules out, and reports it where the instance itself says it; what `global_defs` says for
    /// all instances goes without a word.
    mutating func enforceStrictness(_ log: inout DiagnosticLog) {
        guard isStrict else { return }
        func ruleOut<Value>(_ field: inout Located<Value>?, _ keyword: String, _ isWrong: (Value) -> Bool) {
            guard let written = field, isWrong(written.value) else { return }
            log.warning(written.place, keyword, .ignored(because: .strictMode))
            field = nil
        }
        let standard = instance.startsAsMaster?.value == true ? Priority.addressOwner : .default
        let isOwner = (instance.priority?.value ?? standard).isAddressOwner
        ruleOut(&instance.startsAsMaster, "state") { $0 != isOwner && instance.priority != nil }
        ruleOut(&instance.authenticationType, "auth_type") { _ in true }
        if instance.authenticationType == nil { instance.password = nil }
        ruleOut(&instance.preemptDelay, "preempt_delay") { $0 > .zero }
        ruleOut(&instance.election.downTimerAdverts, "down_timer_adverts") { $0 != 3 }
        ruleOut(&instance.election.advertisesFromParent, "vmac_xmit_base") { $0 }
        ruleOut(&instance.announcements.contestRounds, "garp_lower_prio_repeat") { $0 != 0 }
        ruleOut(&instance.announcements.contestDelay, "garp_lower_prio_delay") { $0 != 0 }
        ruleOut(&instance.interoperability.staysSilentToLowerPriority, "lower_prio_no_advert") { !$0 }
        ruleOut(&instance.interoperability.advertisesBeforeYielding, "higher_prio_send_advert") { $0 }
        ruleOut(&instance.interoperability.ownerIgnoresAdverts, "owner_ignore_adverts") { !$0 && isOwner }
        // With version 3 an administrator may accept packets all the same (RFC 9568, section 6.1, Accept_Mode).
        let speaksVersion2 = instance.speaksVersion2(global)
        ruleOut(&instance.accepts, "accept") { $0 && speaksVersion2 && !isOwner }
        if let wish = instance.virtualMAC, wish.value.macAddress != nil {
            log.warning(wish.place, "use_vmac", .ignored(because: .strictMode))
            instance.virtualMAC?.value.macAddress = nil
        }
        impose(\.announcements.contestRounds, 0)
        impose(\.announcements.contestDelay, 0)
        impose(\.interoperability.staysSilentToLowerPriority, true)
        impose(\.interoperability.advertisesBeforeYielding, false)
        if isOwner { impose(\.interoperability.ownerIgnoresAdverts, true) }
        impose(\.election.downTimerAdverts, 3)
        impose(\.accepts, isOwner)
    }

    /// Sets what the instance leaves open, so that nothing of `global_defs` takes its place.
    private mutating func impose<Value>(_ field: WritableKeyPath<InstanceSettings, Located<Value>?>, _ value: Value) {
        guard instance[keyPath: field] == nil else { return }
        instance[keyPath: field] = Located(value, at: instance.name.place, text: "")
    }
}

extension InstanceSettings {
    /// Whether what the standards do not have is to be left out.
    func isStrict(_ global: GlobalSettings) -> Bool { (election.isStrict ?? global.election.isStrict)?.value ?? false }

    /// Whether the instance speaks version 2: one of IPv6 does not, whatever is written.
    func speaksVersion2(_ global: GlobalSettings) -> Bool {
        family?.value != .ipv6 && version?.value ?? global.version?.value ?? .v2 == .v2
    }
}
