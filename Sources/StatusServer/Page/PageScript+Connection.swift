extension PageScriptParts {
    /// The stream of snapshots: begun anew whenever it ends, and its loss shown.
    static let connection = #"""
        const connection = byID("connection");
        let latest = null;
        let lostTimer = null;

        function setConnection(state, text) {
          if (connection.dataset.state === state && connection.textContent === text) return;
          connection.dataset.state = state;
          connection.textContent = text;
        }

        function connect() {
          const source = new EventSource("events");
          source.onmessage = (event) => {
            latest = JSON.parse(event.data);
            show(latest);
          };
          source.onopen = () => {
            clearTimeout(lostTimer);
            lostTimer = null;
            setConnection("live", "Live");
          };
          source.onerror = () => {
            // A stream that was begun anew within a moment is no loss.
            lostTimer ??= setTimeout(() => setConnection("lost", "Not connected: this may be out of date"), 3000);
            if (source.readyState === EventSource.CLOSED) setTimeout(connect, 5000);
          };
        }

        filter.addEventListener("input", () => { if (latest) showRouters(latest.virtualRouters); });
        document.addEventListener("keydown", (event) => {
          if (event.key === "/" && !event.ctrlKey && !event.metaKey && event.target !== filter) {
            event.preventDefault();
            filter.focus();
          } else if (event.key === "Escape" && event.target === filter && filter.value) {
            filter.value = "";
            filter.dispatchEvent(new Event("input"));
          }
        });
        connect();

        """#
}
