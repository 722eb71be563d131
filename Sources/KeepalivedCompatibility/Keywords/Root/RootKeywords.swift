/// The keywords that stand outside of every block.
enum RootKeywords {
    static let table = KeywordTable<ConfigurationSettings>(
        block: nil,
        [globalDefinitions, instance, syncGroup, script] + electionKeywords + processKeywords
            + trackingKeywords + routesKeywords + otherPartsKeywords)

    private static let globalDefinitions = Keyword<ConfigurationSettings>(
        "global_defs", values: "a block", mayRepeat: true, nested: GlobalKeywords.table.descriptions,
        "What holds for the program and for all instances."
    ) { statement, settings, log in
        statement.expectValues(atMost: 0, &log)
        guard let block = statement.expectBlock(&log) else { return }
        settings.global.errors += log.collectingErrors { log in
            _ = log.containing { log in GlobalKeywords.table.read(block, into: &settings.global, &log) }
        }
    }

    private static let instance = Keyword<ConfigurationSettings>(
        "vrrp_instance", values: "a name and a block", mayRepeat: true, nested: InstanceKeywords.table.descriptions,
        "A virtual router; its name is unique."
    ) { statement, settings, log in
        guard let (name, block) = statement.expectNameAndBlock("a name that no other instance has", &log) else {
            return
        }
        var instance = InstanceSettings(name: name)
        instance.hasErrors = log.containing { log in
            InstanceKeywords.table.read(block, into: &instance, &log)
        }
        settings.instances.append(instance)
    }

    private static let syncGroup = Keyword<ConfigurationSettings>(
        "vrrp_sync_group", values: "a name and a block", mayRepeat: true, nested: SyncGroupKeywords.table.descriptions,
        "Instances that change their state together: all of them are active here, or none is."
    ) { statement, settings, log in
        guard let (name, block) = statement.expectNameAndBlock("a name that no other group has", &log) else { return }
        var group = SyncGroupSettings(name: name)
        group.hasErrors = log.containing { log in SyncGroupKeywords.table.read(block, into: &group, &log) }
        settings.groups.append(group)
    }

    private static let script = Keyword<ConfigurationSettings>(
        "vrrp_script", values: "a name and a block", mayRepeat: true, nested: ScriptKeywords.table.descriptions,
        "A program whose results instances can track; its name is unique."
    ) { statement, settings, log in
        guard let (name, block) = statement.expectNameAndBlock("a name that no other script has", &log) else { return }
        var script = ScriptSettings(name: name)
        script.hasErrors = log.containing { log in ScriptKeywords.table.read(block, into: &script, &log) }
        settings.scripts.append(script)
    }

    private static let otherPartsKeywords = Keyword<ConfigurationSettings>.skipped(
        [
            "bfd_instance", "virtual_server", "virtual_server_group", "SSL", "net_namespace_ipvs",
            "namespace_with_ipsets",
        ])
}
