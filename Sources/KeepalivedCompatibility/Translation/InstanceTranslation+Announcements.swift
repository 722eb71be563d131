import VRRP
import VRRPEngine

extension InstanceTranslation {
    /// keepalived's two bursts: one at once, one after a delay, each of so many rounds.
    func announcements() -> AnnouncementPlan {
        let own = instance.announcements
        let shared = global.announcements
        let isSparing = global.announcesSparingly?.value ?? false
        let sharedDelay = shared.delay?.value ?? (isSparing ? 0 : 5)
        let sharedRounds = max(1, shared.rounds?.value ?? (isSparing ? 1 : 5))
        var plan = AnnouncementPlan()
        plan.afterBecomingActive = Self.bursts(
            rounds: max(1, own.rounds?.value ?? sharedRounds), delay: own.delay?.value ?? sharedDelay)
        plan.afterContest = Self.bursts(
            rounds: own.contestRounds?.value ?? shared.contestRounds?.value ?? sharedRounds,
            delay: own.contestDelay?.value ?? shared.contestDelay?.value ?? sharedDelay)
        let refresh = own.refresh?.value ?? shared.refresh?.value ?? 0
        plan.refreshInterval = refresh > 0 ? .seconds(Int64(refresh)) : nil
        plan.refreshRounds = max(1, own.refreshRounds?.value ?? shared.refreshRounds?.value ?? 1)
        plan.gratuitousARPSpacing = global.gratuitousARPSpacing?.value ?? .zero
        plan.neighborAdvertisementSpacing = global.neighborAdvertisementSpacing?.value ?? .zero
        plan.extraInterfaces = (instance.election.extraInterfaces ?? global.election.extraInterfaces)?.value
        return plan
    }

    private static func bursts(rounds: Int, delay: Int) -> [Nanoseconds] {
        let first = Array(repeating: Nanoseconds.zero, count: rounds)
        return delay > 0 ? first + Array(repeating: .seconds(Int64(delay)), count: rounds) : first
    }
}
