/** Look of the page: a desk, a phone (documents become cards), paper. No script, no picture, nothing from outside. */
export const STYLE = `
:root { color-scheme: light; --ink: #1b2733; --soft: #5c6b7a; --line: #d8dfe6; --head: #f3f6f9; --error: #b3261e; --warning: #8a5a00; --notice: #2f5d8a; --fine: #1f6b3a; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; color: var(--ink); background: #fff; font: 16px/1.45 "PT Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .35rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; }
.soft { color: var(--soft); }
.summary { margin: .9rem 0 0; }
.chip { display: inline-block; margin: 0 .3rem .3rem 0; padding: .15rem .7rem; border: 1px solid currentColor; border-radius: 1rem; text-decoration: none; white-space: nowrap; color: var(--notice); }
.chip.error, .error .word { color: var(--error); }
.chip.warning, .warning .word { color: var(--warning); }
.chip.fine { color: var(--fine); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .9rem 0 .3rem; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--head); font-weight: 600; overflow-wrap: normal; }
.documents thead th { position: sticky; top: 0; }
.number { text-align: right; white-space: nowrap; }
.whole { white-space: nowrap; }
tfoot td { font-weight: 600; border-bottom: 0; border-top: 2px solid var(--line); }
.finding { border-left: 4px solid var(--notice); margin: .75rem 0; padding: .1rem .8rem; overflow-wrap: anywhere; }
.finding.error { border-color: var(--error); }
.finding.warning { border-color: var(--warning); }
.word { font-weight: 600; color: var(--notice); }
code { font: .85em/1.4 ui-monospace, Consolas, "Courier New", monospace; color: var(--soft); }
@media (max-width: 40rem) {
  body { padding: 1rem; }
  h1 { font-size: 1.35rem; }
  th, td { padding: .35rem .3rem; }
  header code { display: block; overflow-wrap: anywhere; }
  .documents thead, .sums thead { display: none; }
  .documents, .documents tbody, .documents caption, .sums, .sums tbody, .sums tfoot { display: block; }
  .documents tr, .sums tr { display: grid; column-gap: .8rem; border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .4rem .6rem; }
  .documents td, .sums td { border: 0; padding: .05rem 0; }
  .documents .whole { white-space: normal; }
  .documents tr { grid-template-columns: minmax(0, 1fr) auto; grid-template-areas: "number sum" "date vat" "buyer buyer" "account account"; }
  .documents td:nth-child(1) { grid-area: number; font-weight: 600; }
  .documents td:nth-child(2) { grid-area: date; }
  .documents td:nth-child(3) { grid-area: buyer; }
  .documents td:nth-child(4) { grid-area: account; color: var(--soft); }
  .documents td:nth-child(4)::before { content: "л/с "; }
  .documents td:nth-child(5) { grid-area: sum; font-weight: 600; }
  .documents td:nth-child(6) { grid-area: vat; color: var(--soft); }
  .documents td:nth-child(6)::before { content: "НДС "; }
  .sums td:first-child { font-weight: 600; }
  .sums td:not(:first-child) { display: flex; justify-content: space-between; gap: 1rem; }
  .sums td:not(:first-child)::before { content: attr(data-title); color: var(--soft); font-weight: 400; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  h2, caption { break-after: avoid; }
  tr, .finding { break-inside: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  .documents thead th { position: static; }
  .chip { border: 0; padding: 0; margin-right: 1rem; }
}
`;
