import KeepalivedCompatibility
import VRRP
import VRRPEngine

extension HotPath {
    /// From the text of a keepalived.conf to definitions.
    static var configuration: [HotPath] {
        [
            HotPath("read a keepalived.conf of 1,000 instances", repetitions: 1) {
                KeepalivedText(instances: 1000)
            } body: { text, count in
                for _ in 0..<count { precondition(text.definitions().virtualRouters.count == 1000) }
            },
            HotPath("reload a keepalived.conf of 255 instances, one changed", repetitions: 1) {
                var workbench = try Workbench(interfaces: 4, routersOnEach: 0)
                let texts = [KeepalivedText(instances: 255), KeepalivedText(instances: 255, firstPriority: 101)]
                try workbench.engine.apply(texts[1].definitions(), at: workbench.now, effects: &workbench.effects)
                workbench.advance(to: .zero + .seconds(5))
                return (workbench: workbench, texts: texts)
            } body: { state, count in
                for _ in 0..<count {
                    unlessFailing {
                        try state.workbench.engine.apply(
                            state.texts[0].definitions(), at: state.workbench.now, effects: &state.workbench.effects)
                    }
                    state.workbench.carryOut()
                    state.texts.swapAt(0, 1)
                }
            },
        ]
    }
}
