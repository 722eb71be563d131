extension PageSnapshot {
    /// The same content, but with the moments of `before` where those of the same things lie less than a second off.
    func steadied(by before: Self) -> Self {
        var content = self
        let routers = Dictionary(before.virtualRouters.map { ($0.name, $0) }) { first, _ in first }
        for place in content.virtualRouters.indices {
            guard let known = routers[content.virtualRouters[place].name] else { continue }
            for owner in content.virtualRouters[place].owners.indices {
                let node = content.virtualRouters[place].owners[owner].node
                let since = known.owners.first { $0.node == node }?.since
                content.virtualRouters[place].owners[owner].since.steady(by: since)
            }
        }
        for place in content.warnings.indices {
            let warning = content.warnings[place]
            let known = before.warnings.first { $0.subject == warning.subject && $0.text == warning.text }
            content.warnings[place].since.steady(by: known?.since)
        }
        return content
    }
}

extension PageTime? {
    fileprivate mutating func steady(by before: PageTime?) {
        guard let now = self, let before else { return }
        if abs(now.millisecondsSinceEpoch - before.millisecondsSinceEpoch) < 1000 { self = before }
    }
}
