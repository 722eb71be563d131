extension ValueFormat<Int> {
    /// A facility of the system log, by the words of keepalived and the numbers of syslog(3).
    static var logFacility: Self {
        var numbers = ["user": 1, "daemon": 3]
        for local in 0...7 {
            numbers["\(local)"] = 16 + local
            numbers["local\(local)"] = 16 + local
        }
        let meanings = numbers
        return ValueFormat(allowed: "0 to 7, local0 to local7, user or daemon") { meanings[$0] }
    }
}
