import ClusterObjects
import KubernetesAPI
import Testing
import VIPPlanning
import VRRP

@Suite("Lengths of time that people write") struct DurationTests {
    /// What a text means as the delay of a group; nil where it is refused.
    private func delay(_ text: String) -> Int64? {
        var object = KeepalivedGroup(metadata: ObjectMeta(name: "web", namespace: "edge"))
        object.spec = KeepalivedGroup.Spec()
        object.spec?.interface = "eth0"
        object.spec?.preemption = KeepalivedGroup.Preemption(mode: "Delayed", delay: text)
        guard case .delayed(let delay)? = try? AddressGroup(object).preemption else { return nil }
        return delay.rawValue
    }

    @Test(
        "Numbers with units add up",
        arguments: [
            ("1.5s", 1_500_000_000), ("1m30s", 90_000_000_000), ("0.000000001s", 1), ("1.9999ns", 1),
            ("23h59m60s", 86_400_000_000_000),
        ] as [(String, Int64)])
    func sums(text: String, nanoseconds: Int64) {
        #expect(delay(text) == nanoseconds)
    }

    @Test(
        "What is longer than a number can say is refused, whichever of its parts is too much",
        arguments: [
            "153722867.9m", "153722867m2073709.551616s", "2562047.999999999h", "2562047h47m16.854775807s1ns",
            "999999999h", "999999999.999999999h", "153722867m16.9s", "9223372036.9s",
        ])
    func tooLong(text: String) {
        #expect(delay(text) == nil)
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
            let isDelay = isText && (1...86_400_000_000_000).contains(exact)
            #expect(delay(text).map { Int128($0) } == (isDelay ? exact : nil), "\(text)")
        }
    }

    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ]
}
