/// The page's document; its content comes with the first event.
///
/// Its links are relative, so that it also works below the path of a proxy.
enum PageDocument {
    static let text = #"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>Virtual IP addresses</title>
        <link rel="icon" href="page.svg" type="image/svg+xml">
        <link rel="stylesheet" href="page.css">
        <script src="page.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#addresses">Skip to the addresses</a>
        <header>
          <div class="names">
            <h1>Virtual IP addresses</h1>
            <p id="scope">&nbsp;</p>
          </div>
          <p id="connection" role="status" data-state="waiting">Connecting…</p>
        </header>
        <main>
          <noscript><p class="notice">This page needs JavaScript to stay current.
            The same content is in <a href="page.json">page.json</a>.</p></noscript>
          <section id="warnings" aria-labelledby="warnings-title" aria-live="polite" hidden>
            <h2 id="warnings-title">Needs attention</h2>
            <ul></ul>
          </section>
          <section aria-label="Summary">
            <dl id="summary"></dl>
          </section>
          <section aria-labelledby="addresses">
            <div class="bar">
              <h2 id="addresses" tabindex="-1">Addresses</h2>
              <label for="filter">Filter</label>
              <input id="filter" type="search" autocomplete="off" spellcheck="false"
                placeholder="address, service, node">
            </div>
            <table id="routers">
              <thead>
                <tr>
                  <th scope="col">Address</th>
                  <th scope="col">Belongs to</th>
                  <th scope="col">Owner</th>
                  <th scope="col">Since</th>
                  <th scope="col">Next</th>
                  <th scope="col">Link</th>
                </tr>
              </thead>
              <tbody></tbody>
            </table>
            <p id="routers-empty" class="notice" hidden></p>
          </section>
          <section id="nodes" aria-labelledby="nodes-title" hidden>
            <h2 id="nodes-title">Nodes</h2>
            <ul></ul>
          </section>
          <section id="transitions" aria-labelledby="transitions-title" hidden>
            <h2 id="transitions-title">Changes</h2>
            <ol></ol>
          </section>
        </main>
        <footer><p id="about">&nbsp;</p></footer>
        </body>
        </html>

        """#

    /// A shape for the browser's tab.
    static let icon = #"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f6feb"/>\#
        <path d="M6 9h5l5 13 5-13h5l-8 18h-4z" fill="#fff"/></svg>

        """#
}
