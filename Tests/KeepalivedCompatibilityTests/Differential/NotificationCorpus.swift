extension CorpusCase {
    /// The keywords about telling people and programs, with values that are right and values that are not.
    static let notifications: [CorpusCase] =
        inGlobalDefinitions(mails + scripts) + inSafeInstance(instance) + inSafeGroup(group)

    private static let mails: [(String, Difference?)] = [
        ("notification_email {\nroot@localhost\n}", nil), ("notification_email {\na@b.c d@e.f\n}", nil),
        ("notification_email {\n\"A <a@b.c>\"\n}", nil), ("notification_email", .wrongValueIsRefused),
        ("notification_email_from k@localhost", nil), ("notification_email_from", .wrongValueIsRefused),
        ("notification_email_from a b", .moreIsSaid),
        ("smtp_server 127.0.0.1", nil), ("smtp_server 127.0.0.1 2525", nil), ("smtp_server ::1", nil),
        ("smtp_server 127.0.0.1 x", .wrongValueIsRefused), ("smtp_server 127.0.0.1 70000", .wrongValueIsRefused),
        ("smtp_server no-such-host.invalid", .hostIsNotExamined), ("smtp_server", nil),
        ("smtp_connect_timeout 30", nil), ("smtp_connect_timeout 0", .wrongValueIsRefused),
        ("smtp_connect_timeout x", .wrongValueIsRefused), ("smtp_helo_name node", nil),
        ("smtp_alert", nil), ("smtp_alert off", nil), ("smtp_alert maybe", .wrongValueIsRefused),
        ("smtp_alert_vrrp yes", nil), ("no_email_faults", nil),
    ]

    private static let safe = "enable_script_security\nscript_user root\n"

    private static let scripts: [(String, Difference?)] = [
        ("startup_script /bin/true", .lessIsSaid), (safe + "startup_script /bin/true", nil),
        (safe + "startup_script /bin/true\nstartup_script /bin/false", nil),
        (safe + "shutdown_script \"/bin/true x\"", nil),
        ("startup_script_timeout 10", nil), ("startup_script_timeout 0", .wrongValueIsRefused),
        ("shutdown_script_timeout 1001", .wrongValueIsRefused),
        ("notify_fifo /run/fifo", nil), ("vrrp_notify_fifo /run/fifo root", nil),
        ("notify_fifo fifo", .moreIsSaid), ("notify_fifo", .wrongValueIsRefused),
        ("notify_fifo /run/a\nnotify_fifo /run/b", nil),
        ("notify_fifo /run/a\nvrrp_notify_fifo /run/a", .silenceIsRefused),
        (safe + "notify_fifo /run/a\nnotify_fifo_script /bin/true", nil),
        (safe + "vrrp_notify_fifo /run/a\nvrrp_notify_fifo_script \"/bin/true x\" root", nil),
        (safe + "notify_fifo_script /bin/true", .moreIsSaid),
        ("vrrp_notify_priority_changes", nil), ("vrrp_notify_priority_changes maybe", .wrongValueIsRefused),
        ("fifo_write_vrrp_states_on_reload", nil),
        // Newer than the keepalived that is asked.
        ("use_symlink_paths", .lessIsSaid), ("set_supplementary_groups", .lessIsSaid),
    ]

    private static let instance: [(String, Difference?)] = [
        ("notify /bin/true", nil), ("notify \"/bin/true a\"", nil), ("notify /bin/true root root", nil),
        ("notify /bin/true\nnotify /bin/false", nil), ("notify", nil), ("notify bin/true", .silenceIsRefused),
        ("notify \"/bin/true 'b\"", .wrongValueIsRefused), ("notify /bin/true a b c", .silenceIsRefused),
        ("notify_master \"</bin/true\"", nil), ("notify_master /bin/true", nil),
        ("notify '/bin/true \"two words\"'", nil), ("notify '/bin/true x' root", nil),
        (#"notify "/bin/true \n '\x41' \101""#, nil), ("notify '/bin/true", .wrongValueIsRefused),
        ("notify_backup /bin/true", nil), ("notify_fault /bin/true", nil), ("notify_stop /bin/true", nil),
        ("notify_deleted", nil), ("notify_deleted true", nil), ("notify_deleted off", nil),
        ("notify_deleted /bin/true", nil), ("notify_master_rx_lower_pri /bin/true", nil),
        ("notify_priority_changes", nil), ("notify_priority_changes no", nil),
        ("notify_priority_changes maybe", .wrongValueIsRefused),
        ("smtp_alert", nil), ("smtp_alert maybe", .wrongValueIsRefused),
    ]

    private static let group: [(String, Difference?)] = [
        ("notify /bin/true", nil), ("notify_master \"/bin/true a\"", nil), ("notify_backup /bin/true", nil),
        ("notify_fault /bin/true", nil), ("notify_stop /bin/true", nil), ("notify_stop", nil),
        ("notify_deleted", nil), ("notify_priority_changes", nil), ("smtp_alert", nil),
        ("smtp_alert maybe", .wrongValueIsRefused),
    ]

    private static let safeDefinitions = "global_defs {\n\(safe)}\n"

    /// Cases in an instance whose scripts keepalived does not complain about.
    private static func inSafeInstance(_ lines: [(String, Difference?)]) -> [CorpusCase] {
        lines.map { line, difference in
            CorpusCase(
                name: "vrrp_instance: \(line)", text: safeDefinitions + instance("VI_1", id: 51, line),
                difference: difference)
        }
    }

    /// Cases in a group of two such instances.
    private static func inSafeGroup(_ lines: [(String, Difference?)]) -> [CorpusCase] {
        lines.map { line, difference in
            let group = "vrrp_sync_group G {\ngroup {\nVI_1\nVI_2\n}\n\(line)\n}\n"
            return CorpusCase(
                name: "vrrp_sync_group: \(line)",
                text: safeDefinitions + instance("VI_1", id: 51, "") + instance("VI_2", id: 52, "") + group,
                difference: difference)
        }
    }
}
