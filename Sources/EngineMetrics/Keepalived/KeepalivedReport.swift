public import VRRPEngine

/// What is exported of a daemon under the names that are known of keepalived's exporters.
public struct KeepalivedReport: Sendable, Equatable {
    /// The VRRP instances.
    public var instances: [InstanceRecord]
    /// The scripts that they track.
    public var scripts: [ScriptRecord]

    /// A report of these.
    public init(instances: [InstanceRecord], scripts: [ScriptRecord] = []) {
        self.instances = instances
        self.scripts = scripts
    }
}

/// An address of a VRRP instance.
public struct InstanceAddress: Sendable, Equatable {
    /// The address by the first word that keepalived's dumps have for it: `192.0.2.1` or `192.0.2.1/24`.
    public var text: String
    /// The interface that it belongs to.
    public var interface: String
    /// Whether it is one of `virtual_ipaddress_excluded`, which adverts do not list.
    public var isExcluded: Bool

    /// An address with these values.
    public init(text: String, interface: String, isExcluded: Bool) {
        self.text = text
        self.interface = interface
        self.isExcluded = isExcluded
    }
}

/// What is exported of a tracked script.
public struct ScriptRecord: Sendable, Equatable {
    /// The name of the `vrrp_script`.
    public var name: String
    /// Whether it counts as good.
    public var isGood: Bool
    /// What its program does; nil where that is not known.
    public var phase: ScriptPhase?

    /// A script with these values.
    public init(name: String, isGood: Bool, phase: ScriptPhase?) {
        self.name = name
        self.isGood = isGood
        self.phase = phase
    }
}
