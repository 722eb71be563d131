extension PageScriptParts {
    /// Warnings, the summary, nodes and changes.
    static let sections = #"""
        const severities = ["critical", "warning"];
        const severityWords = { critical: "Critical", warning: "Warning" };
        const nodeMarks = {
          ready: ["good", "ready"], draining: ["warn", "draining"], faulty: ["bad", "faulty"], silent: ["bad", "silent"],
        };

        function showWarnings(warnings) {
          const ordered = severities.flatMap((severity) => warnings.filter((each) => each.severity === severity));
          byID("warnings").hidden = ordered.length === 0;
          showList(byID("warnings").querySelector("ul"), ordered, (warning) => JSON.stringify(warning), (warning) => {
            const item = make("li", warning.severity === "critical" ? "critical" : "", null,
              make("span", "word", severityWords[warning.severity]), make("span", "subject", warning.subject),
              make("span", "", warning.text));
            if (warning.since !== null) item.append(" ", make("span", "dim", null, timeSince(warning.since, " ago")));
            return item;
          });
        }

        function showSummary(snapshot) {
          const routers = snapshot.virtualRouters;
          const addresses = routers.reduce((sum, router) => sum + router.addresses.length, 0);
          const unowned = routers.filter(isUnowned).length;
          const contested = routers.filter(isContested).length;
          const ready = snapshot.nodes.filter((node) => node.state === "ready").length;
          const tiles = [
            ["Addresses", addresses, false], ["Virtual routers", routers.length, false],
            ["Without owner", unowned, unowned > 0],
          ];
          if (snapshot.scope === "node") {
            tiles.push(["Active here", snapshot.nodes.reduce((sum, node) => sum + node.activeRouters, 0), false]);
          } else {
            tiles.push(["Two owners", contested, contested > 0]);
            tiles.push(["Nodes ready", `${ready} of ${snapshot.nodes.length}`, ready < snapshot.nodes.length]);
          }
          showList(byID("summary"), tiles, (tile) => tile[0], ([name, value, isBad]) =>
            make("div", isBad ? "bad" : "", null, make("dt", "", name), make("dd", "", value)));
        }

        function nodeCard(node) {
          const [mark, word] = nodeMarks[node.state] ?? ["", "unknown"];
          const bar = make("progress");
          bar.max = Math.max(1, node.virtualRouters);
          bar.value = node.activeRouters;
          bar.setAttribute("aria-label", "Active for");
          const card = make("li", "", null,
            make("div", "head", null, make("span", "name", node.name), make("span", `mark ${mark}`, word)),
            make("p", "dim", `active for ${node.activeRouters} of ${count(node.virtualRouters, "router", "routers")}`),
            bar);
          if (node.explanation) card.append(make("p", "dim", node.explanation));
          return card;
        }

        function transitionItem(transition) {
          const from = transition.from || "nobody";
          const to = transition.to || "nobody";
          const isFresh = serverNow() - transition.time < 300000;
          return make("li", isFresh ? "fresh" : "", null,
            make("span", "dim", null, timeSince(transition.time, " ago")),
            make("div", "", null, make("div", "move", `${transition.virtualRouter}: ${from} → ${to}`),
              make("div", "dim", transition.reason)));
        }

        function show(snapshot) {
          clockDifference = Date.now() - snapshot.now;
          const kind = snapshot.scope === "node" ? "Node" : "Cluster";
          byID("scope").textContent = `${kind} ${snapshot.name}`.trim();
          const sign = snapshot.warnings.length ? `(${snapshot.warnings.length}) ` : "";
          document.title = `${sign}${snapshot.name || kind} – virtual IPs`;
          showWarnings(snapshot.warnings);
          showSummary(snapshot);
          showRouters(snapshot.virtualRouters);
          byID("nodes").hidden = snapshot.nodes.length === 0;
          showList(byID("nodes").querySelector("ul"), snapshot.nodes, (node) => node.name, nodeCard);
          byID("transitions").hidden = snapshot.transitions.length === 0;
          showList(byID("transitions").querySelector("ol"), snapshot.transitions, (each) => JSON.stringify(each),
            transitionItem);
          byID("about").textContent = `Version ${snapshot.version}`;
        }

        """#
}
