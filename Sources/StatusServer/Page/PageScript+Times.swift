extension PageScriptParts {
    /// Times, by the clock of the server, whatever the reader's clock says.
    static let times = #"""
        let clockDifference = 0;
        const serverNow = () => Date.now() - clockDifference;

        function duration(milliseconds) {
          const seconds = Math.max(0, Math.floor(milliseconds / 1000));
          if (seconds < 60) return `${seconds} s`;
          const minutes = Math.floor(seconds / 60);
          if (minutes < 60) return `${minutes} min`;
          const hours = Math.floor(minutes / 60);
          if (hours < 48) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
          return `${Math.floor(hours / 24)} d`;
        }

        function shortDuration(milliseconds) {
          if (milliseconds >= 10000) return `${Math.round(milliseconds / 1000)} s`;
          if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`;
          return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
        }

        /** An element that says how long ago a moment is, or how long something has been so. */
        function timeSince(moment, ending) {
          const element = make("time");
          const date = new Date(moment);
          element.dateTime = date.toISOString();
          element.title = date.toLocaleString();
          element.moment = moment;
          element.ending = ending;
          showTime(element);
          return element;
        }

        function showTime(element) {
          const text = duration(serverNow() - element.moment) + element.ending;
          if (element.textContent !== text) element.textContent = text;
        }

        setInterval(() => document.querySelectorAll("time").forEach(showTime), 1000);

        """#
}
