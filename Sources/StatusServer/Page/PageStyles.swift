/// How the page looks: one column on a phone, a table where there is room; light or dark as the reader has it.
enum PageStyles {
    static let text = colors + layout + sections + table + narrow

    private static let colors = #"""
        :root {
          color-scheme: light dark;
          --back: #f6f7f9; --card: #ffffff; --text: #1b2330; --dim: #566173; --line: #dde2ea;
          --accent: #1a5fd0; --good: #13713b; --good-back: #e3f5ea; --warn: #855400; --warn-back: #fff3d6;
          --bad: #b3201c; --bad-back: #fdeaea; --chip: #edf0f5;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --back: #10141b; --card: #181e28; --text: #e7ebf2; --dim: #9ba7ba; --line: #2a3342;
            --accent: #7db1ff; --good: #6dd79a; --good-back: #15311f; --warn: #f2c56b; --warn-back: #382a0c;
            --bad: #ff9b95; --bad-back: #431a1b; --chip: #232c3a;
          }
        }

        """#

    private static let layout = #"""
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--back); color: var(--text);
          font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
        header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
        header { display: flex; align-items: flex-start; justify-content: space-between; gap: 1rem;
          padding-top: 1.5rem; padding-bottom: .5rem; }
        h1 { font-size: 1.45rem; line-height: 1.2; margin: 0; letter-spacing: -.01em; }
        h2 { font-size: 1.05rem; margin: 0 0 .6rem; }
        section { margin: 1.25rem 0; }
        #scope { margin: .25rem 0 0; color: var(--dim); overflow-wrap: anywhere; }
        #connection { margin: .15rem 0 0; padding: .2rem .7rem; border-radius: 1rem; white-space: nowrap;
          font-size: .85rem; background: var(--chip); color: var(--dim); }
        #connection::before { content: ""; display: inline-block; width: .55em; height: .55em; border-radius: 50%;
          margin-right: .45em; background: currentColor; }
        #connection[data-state="live"] { background: var(--good-back); color: var(--good); }
        #connection[data-state="lost"] { background: var(--bad-back); color: var(--bad); }
        footer { color: var(--dim); font-size: .85rem; padding-bottom: 2rem; }
        a { color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
        h2:focus { outline: none; }
        .skip { position: absolute; left: -100vw; top: .5rem; background: var(--card); padding: .5rem 1rem; }
        .skip:focus { left: 1rem; z-index: 1; }
        .dim { color: var(--dim); }
        .mono { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .93em; }
        .notice { background: var(--card); border: 1px dashed var(--line); border-radius: 10px; padding: 1rem;
          color: var(--dim); margin: 0; }
        .mark { display: inline-block; padding: .05rem .5rem; border-radius: .8rem; font-size: .82rem; font-weight: 600;
          background: var(--chip); }
        .mark.good { background: var(--good-back); color: var(--good); }
        .mark.warn { background: var(--warn-back); color: var(--warn); }
        .mark.bad { background: var(--bad-back); color: var(--bad); }
        [hidden] { display: none !important; }

        """#

    private static let sections = #"""
        #warnings ul, #nodes ul, #transitions ol { list-style: none; margin: 0; padding: 0; }
        #warnings li { border-left: 5px solid var(--warn); background: var(--warn-back); border-radius: 6px;
          padding: .6rem .9rem; margin-bottom: .5rem; overflow-wrap: anywhere; }
        #warnings li.critical { border-color: var(--bad); background: var(--bad-back); }
        #warnings .word { font-weight: 700; color: var(--warn); margin-right: .5em; }
        #warnings .critical .word { color: var(--bad); }
        #warnings time { white-space: nowrap; }
        #warnings .subject { font-weight: 600; margin-right: .5em; }
        #summary { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 0; }
        #summary div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .7rem .9rem; }
        #summary dt { color: var(--dim); font-size: .85rem; }
        #summary dd { margin: 0; font-size: 1.6rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
        #summary .bad dd { color: var(--bad); }
        #nodes ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: .75rem; }
        #nodes li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .7rem .9rem;
          overflow-wrap: anywhere; }
        #nodes .head { display: flex; justify-content: space-between; align-items: baseline; gap: .5rem; }
        #nodes .name { font-weight: 600; }
        #nodes p { margin: .2rem 0 0; }
        #nodes progress { width: 100%; height: .5rem; margin-top: .5rem; accent-color: var(--accent); }
        #transitions ol { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .3rem 0; }
        #transitions li { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 0 1rem; padding: .45rem .9rem;
          border-left: 3px solid var(--line); margin: .25rem .9rem; overflow-wrap: anywhere; }
        #transitions li.fresh { border-left-color: var(--accent); }
        #transitions .move { font-weight: 600; }

        """#

    private static let table = #"""
        .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .6rem; margin-bottom: .6rem; }
        .bar h2 { margin: 0 auto 0 0; }
        .bar label { color: var(--dim); font-size: .9rem; }
        .bar input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
          border-radius: 8px; padding: .35rem .6rem; width: 16rem; max-width: 100%; }
        table { width: 100%; border-collapse: separate; border-spacing: 0; background: var(--card);
          border: 1px solid var(--line); border-radius: 10px; }
        th { text-align: left; font-size: .82rem; font-weight: 600; color: var(--dim); }
        th, td { padding: .55rem .8rem; vertical-align: top; overflow-wrap: anywhere; }
        tbody td { border-top: 1px solid var(--line); }
        tbody tr.bad td:first-child { box-shadow: inset 4px 0 0 var(--bad); }
        tbody tr.changed td { animation: changed 2.5s ease-out; }
        @keyframes changed { from { background: var(--warn-back); } }
        @media (prefers-reduced-motion: reduce) { tbody tr.changed td { animation: none; } }
        td .line { display: block; }
        td .address { font-weight: 600; white-space: nowrap; }
        td .small { font-size: .87rem; color: var(--dim); }
        td .fault { font-size: .87rem; color: var(--bad); }
        td[data-label="Link"] .line, td details li { white-space: nowrap; }
        td[data-label="Belongs to"] { min-width: 13rem; }
        td summary { cursor: pointer; }
        td details ol { margin: .2rem 0 0; padding-left: 1.3rem; }
        td time { white-space: nowrap; font-variant-numeric: tabular-nums; }

        """#

    private static let narrow = #"""
        @media (max-width: 46rem) {
          header, main, footer { padding-left: .9rem; padding-right: .9rem; }
          header { padding-top: 1rem; }
          h1 { font-size: 1.25rem; }
          .bar input { flex: 1 1 10rem; width: auto; padding: .55rem .7rem; font-size: 16px; }
          #summary { grid-template-columns: repeat(2, 1fr); gap: .5rem; }
          #summary div { padding: .5rem .75rem; }
          #summary dd { font-size: 1.35rem; }
          table, tbody, tr, td { display: block; }
          table { border: 0; background: none; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          tbody tr { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin-bottom: .6rem;
            padding: .5rem 0; overflow: hidden; }
          tbody tr.bad { border-left: 4px solid var(--bad); }
          tbody tr.bad td:first-child { box-shadow: none; }
          tbody td { border: 0; display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .6rem;
            padding: .2rem .9rem; }
          tbody td::before { content: attr(data-label); color: var(--dim); font-size: .87rem; }
          tbody td.unknown { display: none; }
          td[data-label="Belongs to"] { min-width: 0; }
          td .address { white-space: normal; font-size: 1.02rem; }
          td[data-label="Link"] .line { display: inline; margin-right: .5rem; }
          .bar label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          #transitions li { grid-template-columns: minmax(0, 1fr); }
        }

        """#
}
