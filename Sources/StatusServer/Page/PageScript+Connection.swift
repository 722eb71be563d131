extension PageScriptParts {
    /// The stream of snapshots: begun anew whenever it ends or falls silent, and its loss shown.
    static let connection = #"""
        const connection = byID("connection");
        let latest = null;
        let lostTimer = null;
        let silenceTimer = null;
        // How long a stream may say nothing, in milliseconds; the server tells how often it does.
        let patience = 40000;

        function setConnection(state, text) {
          if (connection.dataset.state === state && connection.textContent === text) return;
          connection.dataset.state = state;
          connection.textContent = text;
        }

        function lose() {
          clearTimeout(lostTimer);
          lostTimer = null;
          setConnection("lost", "Not connected: this may be out of date");
        }

        function connect() {
          const source = new EventSource("events");
          // A server that is cut off closes nothing.
          const isHeard = () => {
            clearTimeout(silenceTimer);
            silenceTimer = setTimeout(() => {
              source.close();
              lose();
              connect();
            }, patience);
          };
          source.onmessage = (event) => {
            isHeard();
            latest = JSON.parse(event.data);
            show(latest);
          };
          source.addEventListener("here", (event) => {
            patience = 2.5 * Number(event.data) + 2000;
            isHeard();
            clearTimeout(lostTimer);
            lostTimer = null;
            setConnection("live", "Live");
          });
          source.onerror = () => {
            // A stream that was begun anew within a moment is no loss.
            lostTimer ??= setTimeout(lose, 3000);
            if (source.readyState !== EventSource.CLOSED) return;
            clearTimeout(silenceTimer);
            setTimeout(connect, 5000);
          };
          isHeard();
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
