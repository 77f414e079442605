/** Look of the page: a desk, a phone (rows become cards), paper. No script, no picture, nothing from outside. */
export const STYLE = `
:root { color-scheme: light; --ink: #1b2733; --soft: #5c6b7a; --line: #d8dfe6; --head: #f3f6f9; --error: #b3261e; --warning: #8a5a00; --notice: #2f5d8a; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--ink); background: #fff; font: 16px/1.45 "PT Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; }
.soft { color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--head); font-weight: 600; white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
.whole { white-space: nowrap; }
tfoot td { font-weight: 600; border-top: 2px solid var(--line); }
.finding { border-left: 4px solid var(--notice); margin: .75rem 0; padding: .1rem .8rem; }
.finding.error { border-color: var(--error); }
.finding.warning { border-color: var(--warning); }
.word { font-weight: 600; color: var(--notice); }
.error .word { color: var(--error); }
.warning .word { color: var(--warning); }
code { font: .85em/1.4 ui-monospace, Consolas, "Courier New", monospace; color: var(--soft); }
@media (max-width: 40rem) {
  body { padding: 1rem; }
  table.cards thead { display: none; }
  table.cards, table.cards tbody, table.cards tr, table.cards td { display: block; }
  table.cards tr { border: 1px solid var(--line); border-radius: .4rem; margin: .6rem 0; padding: .3rem 0; }
  table.cards td { border: 0; padding: .15rem .7rem; text-align: left; display: flex; gap: .6rem; }
  table.cards td::before { content: attr(data-title); color: var(--soft); flex: 0 0 6.5rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  h2 { break-after: avoid; }
  tr, .finding { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
