/** Look of the report: a desk, a phone (rows become cards), paper. No script, no picture, nothing from outside. */
export const STYLE = `
:root { color-scheme: light; --ink: #1b2733; --soft: #5c6b7a; --line: #d8dfe6; --head: #f3f6f9; --fine: #1f6b3a; --waiting: #8a5a00; --trouble: #b3261e; --bar: #2f5d8a; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; color: var(--ink); background: #fff; font: 16px/1.45 "PT Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .35rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; }
.soft { color: var(--soft); }
.step { display: grid; grid-template-columns: 11rem 1fr 17rem; gap: 1rem; align-items: center; margin: .45rem 0; }
.step progress { appearance: none; width: 100%; height: 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--head); overflow: hidden; }
.step progress::-webkit-progress-bar { background: var(--head); }
.step progress::-webkit-progress-value { background: var(--bar); }
.step progress::-moz-progress-bar { background: var(--bar); }
.step .figures { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--head); font-weight: 600; overflow-wrap: normal; }
.documents thead th { position: sticky; top: 0; }
.number { text-align: right; white-space: nowrap; }
.whole { white-space: nowrap; }
.state { overflow-wrap: normal; min-width: 8rem; }
.state .row { display: block; }
.fine { color: var(--fine); }
.waiting { color: var(--waiting); }
.trouble { color: var(--trouble); font-weight: 600; }
.task { border-left: 4px solid var(--bar); margin: .75rem 0; padding: .1rem .8rem; overflow-wrap: anywhere; }
.task.error { border-color: var(--trouble); }
.task.warning { border-color: var(--waiting); }
.task .title { font-weight: 600; }
.task details { margin: .25rem 0; }
.task summary { cursor: pointer; color: var(--soft); }
@media (max-width: 44rem) {
  body { padding: 1rem; }
  h1 { font-size: 1.35rem; }
  .step { grid-template-columns: 1fr; gap: .15rem; margin: .8rem 0; }
  .step .figures { text-align: left; }
  table thead { display: none; }
  table, table tbody { display: block; }
  table tr { display: block; border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; padding: .4rem .6rem; }
  table td { display: flex; min-width: 0; justify-content: space-between; gap: 1rem; border: 0; padding: .05rem 0; text-align: right; white-space: normal; }
  table td::before { content: attr(data-title); color: var(--soft); text-align: left; flex: 0 0 auto; }
}
@page { margin: 12mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9pt; }
  h2 { break-after: avoid; }
  tr, .task, .step { break-inside: avoid; }
  thead { display: table-header-group; }
  .documents thead th { position: static; }
  th, td { padding: .25rem .35rem; }
  .documents { font-size: 8pt; }
  .state { min-width: 5.5rem; }
  .step progress { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .task details > * { display: block; }
}
`;
