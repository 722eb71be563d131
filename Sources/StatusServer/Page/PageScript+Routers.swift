extension PageScriptParts {
    /// The table of virtual routers.
    static let routers = #"""
        const filter = byID("filter");

        const ownerNames = (router) => JSON.stringify(router.owners.map((owner) => owner.node));
        const isContested = (router) => router.owners.length > 1;
        const isUnowned = (router) => router.owners.length === 0 && router.ownerKnown;
        const isUnknown = (router) => router.owners.length === 0 && !router.ownerKnown && !router.aside;
        const isInTrouble = (router) => isContested(router) || isUnowned(router) || isUnknown(router);

        function matches(router, words) {
          const text = [
            router.name, router.belongsTo, router.group, router.interface, `vrid ${router.virtualRouterID}`,
            ...router.addresses,
            ...router.owners.map((owner) => owner.node), router.successor?.node ?? "",
          ].join(" ").toLowerCase();
          return words.every((word) => text.includes(word));
        }

        function cell(label, ...children) {
          const element = make("td", "", null);
          element.dataset.label = label;
          element.append(make("div", "", null, ...children));
          return element;
        }

        /** A cell of which nothing is known; where there is little room it is left out. */
        function emptyCell(label) {
          const element = cell(label, make("span", "dim", "–"));
          element.className = "unknown";
          return element;
        }

        function ownerCell(router) {
          const parts = router.owners.map((owner) => make("span", "line", null, make("strong", "", owner.node)));
          if (isUnowned(router)) parts.push(make("span", "mark bad", "nobody"));
          if (isUnknown(router)) parts.push(make("span", "mark warn", "not known here"));
          if (isContested(router)) parts.push(make("span", "mark bad", `${router.owners.length} at the same time`));
          if (router.explanation) parts.push(make("span", "line small", router.explanation));
          for (const fault of router.faults) parts.push(make("span", "line fault", fault));
          if (router.conflicts > 0) {
            parts.push(make("span", "line small",
              count(router.conflicts, "advert of another router", "adverts of another router")));
          }
          return cell("Owner", ...parts);
        }

        function sinceCell(router) {
          const times = router.owners.filter((owner) => owner.since !== null)
            .map((owner) => make("span", "line", null, timeSince(owner.since, "")));
          return times.length ? cell("Since", ...times) : emptyCell("Since");
        }

        /** How long after the owner's last advert the next one has the addresses; a node does not hear whether it is there. */
        function nextTime(milliseconds) {
          const condition = latest.scope === "node" ? ", if it is there" : "";
          return `after ${shortDuration(milliseconds)}${condition}`;
        }

        function nextCell(router) {
          const next = router.successor;
          const parts = next ? [make("span", "line", next.node)] : [];
          if (next && next.afterMilliseconds !== null) {
            parts.push(make("span", "line small", nextTime(next.afterMilliseconds)));
          }
          if (router.members.length > 0) {
            const members = router.members.map((member) => make("li", "", `${member.node} (${member.priority})`));
            parts.push(make("details", "small", null,
              make("summary", "", count(router.members.length, "node", "nodes")), make("ol", "", null, ...members)));
          }
          return parts.length ? cell("Next", ...parts) : emptyCell("Next");
        }

        function routerRow(router, before) {
          const addresses = router.addresses.map((address) => make("span", "line address mono", address));
          const belongs = [make("span", "line", router.belongsTo || router.name)];
          if (router.belongsTo && !router.belongsTo.endsWith(router.name)) {
            belongs.push(make("span", "line small", router.name));
          }
          if (router.group) belongs.push(make("span", "line small", `Group ${router.group}`));
          const row = make("tr", isInTrouble(router) ? "bad" : "", null,
            cell("Address", ...(addresses.length ? addresses : [make("span", "dim", "none")])),
            cell("Belongs to", ...belongs), ownerCell(router), sinceCell(router), nextCell(router),
            cell("Link", make("span", "line mono", router.interface),
              make("span", "line small", `VRID ${router.virtualRouterID}`)));
          if (before && ownerNames(JSON.parse(before)) !== ownerNames(router)) {
            row.classList.add("changed");
          }
          return row;
        }

        function showRouters(all) {
          const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
          const wanted = all.filter((router) => matches(router, words));
          const ordered = [...wanted.filter(isInTrouble), ...wanted.filter((router) => !isInTrouble(router))];
          showList(byID("routers").tBodies[0], ordered, (router) => router.name, routerRow);
          byID("routers").hidden = ordered.length === 0;
          const empty = byID("routers-empty");
          empty.hidden = ordered.length > 0;
          empty.textContent = all.length === 0 ? "There is no virtual address yet." : "No address matches the filter.";
        }

        """#
}
