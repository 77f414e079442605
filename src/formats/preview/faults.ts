import { type Fault, placeText, type Severity } from '../../faults/fault.ts';
import { type Html, html } from '../../support/html.ts';

const WORDS: Record<Severity, string> = { error: 'Ошибка', warning: 'Предупреждение', notice: 'К сведению' };
const PLACES_SHOWN = 3;
/** Findings with the same code and remedy that are shown one by one; the rest are counted. */
const SHOWN_ALIKE = 10;

/** Findings, in their order; what is to be done about several alike is said once. */
export function faultsSection(faults: readonly Fault[]): Html {
  if (faults.length === 0)
    return html`<section id="faults"><h2>Замечания</h2><p>Замечаний нет.</p></section>`;
  const alike = new Map<string, [Fault, ...Fault[]]>();
  for (const found of faults) {
    const key = `${found.code}\n${found.remedy}`;
    const known = alike.get(key);
    if (known) known.push(found);
    else alike.set(key, [found]);
  }
  return html`<section id="faults"><h2>Замечания</h2>${[...alike.values()].map(findings)}</section>`;
}

function findings(found: readonly [Fault, ...Fault[]]): Html {
  const [{ severity, code, remedy }] = found;
  const shown = found.slice(0, SHOWN_ALIKE);
  const hidden = found.slice(SHOWN_ALIKE).reduce((sum, { count }) => sum + count, 0);
  return html`<div class="finding ${severity}"><p><span class="word">${WORDS[severity]}.</span> <code>${code}</code></p>
${shown.map(
  ({ message, paths, count }) => html`<p>${message}${places(paths, count)}</p>
`,
)}${
  hidden > 0 &&
  html`<p>… и ещё ${hidden}</p>
`
}<p class="soft">${remedy}</p></div>
`;
}

function places(paths: readonly string[], count: number): Html | undefined {
  if (paths.length === 0) return undefined;
  const shown = paths.slice(0, PLACES_SHOWN);
  const more = count > shown.length ? ` и ещё ${count - shown.length}` : '';
  return html` <span class="soft">— ${shown.map(placeText).join('; ')}${more}</span>`;
}
