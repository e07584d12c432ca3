package io.github.snatsim.report;

/** The style sheet of every page. Colours can be told apart by the colour-blind, and never tell anything alone. */
final class PageStyle {
    static final String CSS = """

            :root {
              color-scheme: light dark;
              --ground: #ffffff; --ink: #1b1f23; --soft: #57606a; --rule: #d0d7de; --panel: #f6f8fa;
              --c0: #0072b2; --c1: #009e73; --c2: #cc79a7; --c3: #d55e00; --c4: #b58900; --c5: #6e7781;
              --hatch: #ffffff;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --ground: #14181d; --ink: #e6e9ec; --soft: #a3adb8; --rule: #3a424b; --panel: #1d232a;
                --c0: #3d9bd9; --c1: #1fb58a; --c2: #d98cb8; --c3: #f07f2e; --c4: #d9ab21; --c5: #8b949e;
                --hatch: #14181d;
              }
            }
            * { box-sizing: border-box; }
            html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
            body {
              margin: 0; background: var(--ground); color: var(--ink);
              font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
            }
            header, main, footer { max-width: 54.5rem; margin: 0 auto; padding: 0 1rem; }
            header { padding-top: 2.5rem; }
            .kicker { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
            h1 { margin: .25rem 0 .5rem; font-size: 1.9rem; line-height: 1.2; font-weight: 650; overflow-wrap: anywhere; text-wrap: balance; }
            h1.long { font-size: 1.35rem; line-height: 1.3; }
            .lead { margin: 0; font-size: 1.1rem; max-width: 44rem; }
            section { margin-top: 2.75rem; }
            h2 { margin: 0 0 .75rem; font-size: 1.25rem; line-height: 1.3; font-weight: 650; }
            h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
            p { overflow-wrap: anywhere; }
            .note { margin: .5rem 0; color: var(--soft); font-size: .9rem; }
            .facts {
              display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1rem 1.5rem;
              margin: 1.75rem 0 0; padding: 1rem 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule);
            }
            .facts dt { color: var(--soft); font-size: .85rem; }
            .facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
            figure { margin: 0 0 1.5rem; }
            figcaption { font-weight: 600; overflow-wrap: anywhere; }
            .key { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .35rem 0 .5rem; padding: 0; list-style: none; font-size: .9rem; }
            .swatch { width: 18px; height: 12px; margin-right: .4rem; }
            .patterns { position: absolute; }
            svg.wide, svg.narrow { width: 100%; height: auto; font-size: 13px; }
            svg.wide { display: block; }
            svg.narrow { display: none; }
            svg text { fill: var(--ink); font-variant-numeric: tabular-nums; }
            svg text.tick { fill: var(--soft); }
            svg text.tick, svg text.label { paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round; }
            svg text.label { font-weight: 600; }
            .s0, .f0 { fill: var(--c0); } .s3 { fill: var(--c3); }
            .f1 { fill: var(--c1); } .f2 { fill: var(--c2); } .f4 { fill: var(--c4); } .f5 { fill: var(--c5); }
            .s1 { fill: url(#p1); } .s2 { fill: url(#p2); } .s4 { fill: url(#p4); } .s5 { fill: url(#p5); }
            .hatch { fill: none; stroke: var(--hatch); stroke-width: 1.2; }
            .grid { stroke: var(--rule); stroke-width: 1; }
            .axis { stroke: var(--soft); stroke-width: 1; }
            .limit { fill: none; stroke: var(--ink); stroke-width: 1.8; stroke-dasharray: 7 4; }
            .mark { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 2 3; }
            .whisker { stroke: var(--ink); stroke-width: 1.6; }
            .shade { fill: var(--c3); }
            details { margin-top: .25rem; }
            summary { cursor: pointer; color: var(--soft); font-size: .9rem; width: max-content; max-width: 100%; }
            table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
            .caption { margin: 1rem 0 0; max-width: 44rem; font-size: .9rem; }
            .scroll { overflow-x: auto; margin: .15rem 0 1.25rem; }
            th, td {
              padding: .3rem 1.1rem .3rem 0; text-align: left; vertical-align: top; white-space: nowrap;
              border-bottom: 1px solid var(--rule);
            }
            th { font-weight: 400; }
            thead th { color: var(--soft); font-size: .94em; vertical-align: bottom; white-space: normal; }
            .n { text-align: right; }
            .w { white-space: normal; min-width: 10rem; max-width: 28rem; overflow-wrap: anywhere; }
            .name { min-width: 6rem; }
            td:last-child, th:last-child { padding-right: 0; }
            pre {
              margin: .5rem 0; padding: .75rem 1rem; overflow-x: auto; background: var(--panel); border-radius: 4px;
              font: .85rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
            }
            pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
            code { font: inherit; }
            footer { margin-top: 3rem; padding-bottom: 2.5rem; color: var(--soft); font-size: .9rem; }
            :focus-visible { outline: 2px solid var(--c0); outline-offset: 2px; }
            @media (max-width: 639px) {
              header { padding-top: 1.25rem; }
              h1, h1.long { font-size: 1.35rem; }
              .facts { grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
              svg.wide { display: none; }
              svg.narrow { display: block; }
            }
            @media print {
              :root {
                color-scheme: light;
                --ground: #ffffff; --ink: #000000; --soft: #444c56; --rule: #d0d7de; --panel: #ffffff;
                --c0: #0072b2; --c1: #009e73; --c2: #cc79a7; --c3: #d55e00; --c4: #b58900; --c5: #6e7781;
                --hatch: #ffffff;
              }
              header, main, footer { max-width: none; padding: 0; }
              body { font-size: 10pt; }
              svg.wide { display: block; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
              svg.narrow { display: none; }
              svg, tr, .facts { break-inside: avoid; }
              h2, h3, figcaption, .key, .caption, summary { break-after: avoid; }
              section { margin-top: 1.75rem; }
              .scroll, pre { overflow: visible; }
              pre, pre.command { white-space: break-spaces; overflow-wrap: anywhere; padding: 0; }
              details::details-content { content-visibility: visible; block-size: auto; }
              thead { display: table-header-group; }
              table { font-size: 7.5pt; }
              th, td { white-space: normal; overflow-wrap: anywhere; padding: .15rem .45rem .15rem 0; }
              thead th { overflow-wrap: normal; }
              .n { overflow-wrap: normal; }
              .w, .name { min-width: 0; }
            }
            """;

    private PageStyle() {}
}
