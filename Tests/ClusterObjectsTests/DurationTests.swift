@testable import ClusterObjects
import KubernetesAPI
import Testing
import VIPPlanning
import VRRP

@Suite("Lengths of time that people write") struct DurationTests {
    /// A group with such a delay, and such an interval.
    private func group(delay: String = "5m", interval: String? = nil, version: Int = 3) -> KeepalivedGroup {
        var object = KeepalivedGroup(metadata: ObjectMeta(name: "web", namespace: "edge"))
        object.spec = KeepalivedGroup.Spec()
        object.spec?.interface = "eth0"
        object.spec?.preemption = KeepalivedGroup.Preemption(mode: "Delayed", delay: delay)
        object.spec?.advertisementInterval = interval
        object.spec?.version = version
        return object
    }

    @Test(
        "What is written of a length of time has the units that every field allows, and means the same",
        arguments: [
            ("1ms", "1ms"), ("90s", "90s"), ("1m30s", "90s"), ("0.5s", "500ms"), ("0.0015m", "90ms"),
            ("24h", "86400s"), ("86399999ms", "86399999ms"), ("1000us", "1ms"),
        ])
    func written(text: String, written: String) throws {
        let delay = try #require(DurationText.parse(text))
        #expect(try AddressGroup(group(delay: text)).preemption == .delayed(delay))
        #expect(DurationText.text(delay) == written && DurationText.parse(written) == delay)
    }

    @Test(
        "A delay that is no number of whole milliseconds, none at all or longer than a day is refused with what is allowed",
        arguments: ["0.5ms", "500us", "1.0001s", "1ns", "0", "24h1ms", "soon"])
    func refusedDelays(text: String) throws {
        let problems = #expect(throws: FieldProblems.self) { try AddressGroup(group(delay: text)) }
        #expect(
            problems?.description == "spec.preemption.delay: \"\(text)\" is not allowed; allowed is "
                + "a length of time such as 100ms, 1.5s or 5m, in whole milliseconds, from 1ms to 24h")
    }

    @Test(
        "Version 2 has intervals up to 255 s, version 3 up to 40.95 s",
        arguments: [
            ("1s", 2, true), ("41s", 2, true), ("255s", 2, true), ("256s", 2, false), ("1.5s", 2, false),
            ("40.95s", 3, true), ("41s", 3, false), ("10ms", 3, true), ("5ms", 3, false),
        ])
    func intervals(text: String, version: Int, isAllowed: Bool) {
        let group = group(interval: text, version: version)
        #expect(((try? AddressGroup(group)) != nil) == isAllowed)
    }

    @Test(
        "Numbers with units add up",
        arguments: [
            ("1.5s", 1_500_000_000), ("1m30s", 90_000_000_000), ("0.000000001s", 1), ("1.9999ns", 1),
            ("23h59m60s", 86_400_000_000_000),
        ] as [(String, Int64)])
    func sums(text: String, nanoseconds: Int64) {
        #expect(DurationText.parse(text)?.rawValue == nanoseconds)
    }

    @Test(
        "What is longer than a number can say is refused, whichever of its parts is too much",
        arguments: [
            "153722867.9m", "153722867m2073709.551616s", "2562047.999999999h", "2562047h47m16.854775807s1ns",
            "999999999h", "999999999.999999999h", "153722867m16.9s", "9223372036.9s",
        ])
    func tooLong(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test("Any text has its exact meaning or none", arguments: UInt64(1)...8)
    func hostile(seed: UInt64) {
        var state = seed
        func random(_ range: ClosedRange<Int>) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return range.lowerBound + Int(state >> 33) % range.count
        }
        func digits(_ count: Int) -> String { (0..<count).map { _ in String(random(0...9)) }.joined() }
        for _ in 0..<2000 {
            var text = ""
            var exact = Int128(0)
            var isText = true
            for _ in 0...random(0...3) {
                let (whole, fraction) = (digits(random(1...10)), random(0...1) == 0 ? "" : digits(random(1...10)))
                let unit = Self.units[random(0...Self.units.count - 1)]
                text += whole + (fraction.isEmpty ? "" : ".\(fraction)") + unit.name
                exact += (Int128(whole) ?? 0) * Int128(unit.nanoseconds)
                var weight = unit.nanoseconds
                for digit in fraction {
                    weight /= 10
                    exact += Int128(weight) * Int128(digit.wholeNumberValue ?? 0)
                }
                isText = isText && whole.count <= 9 && fraction.count <= 9
            }
            if random(0...9) == 0 {
                text.insert(["-", ".", " ", "e", "٣", "\u{301}"][random(0...5)], at: text.startIndex)
                isText = false
            }
            let isLength = isText && exact <= Int128(Int64.max)
            #expect(DurationText.parse(text).map { Int128($0.rawValue) } == (isLength ? exact : nil), "\(text)")
        }
    }

    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ]
}
