import { fault } from '../../faults/fault.ts';
import { type Kopecks, sumForPeople } from '../../model/money.ts';
import { periodName } from '../../model/period.ts';
import { vatInside } from '../../model/vat.ts';
import type { SourceRow } from '../source.ts';
import { roundedTotal } from './charges.ts';
import type { AssemblyContext } from './context.ts';
import { linesOfDocument } from './document-lines.ts';
import { type DocumentInput, type Draft, unreadable } from './drafts.ts';
import { type DraftLine, fallbackLine, type LineOwner, linesOfCharges, settleLines } from './lines.ts';

/** Lines: the document's own, else accruals and charges that add up exactly, else one line where allowed (design §4). */
export function fillLines(draft: Draft, input: DocumentInput, context: AssemblyContext): void {
  if (unreadable(draft)) return;
  const { number, report } = draft;
  const owner: LineOwner = { ...input.owner, number, where: draft.where('sum') };
  const mine: AssemblyContext = { ...context, report };
  const own = input.linesByDocument.get(draft.key);
  const lines = own ? ownLines(own, draft, owner, mine) : derivedLines(draft, owner, input, mine);
  if (!lines) return;
  checkServices(lines, draft, context);
  draft.lines = settleLines(lines, owner, mine) ?? [];
}

/** Each service of a document stands once in the export. */
export function checkServices(
  lines: readonly DraftLine[],
  { number, report }: Draft,
  { services }: AssemblyContext,
): void {
  for (const { line, where } of lines) {
    const problem = services.problem(line.service);
    if (problem === 'twice') report(fault('BG1C-ROW-TWICE', { table: 'services', key: line.service }, where));
    if (problem === 'missing') report(fault('BG1C-SERVICE-MISSING', { number, sid: line.service }, where));
  }
}

/** Something in it bears VAT, be it 0 %. */
export function isTaxed({ lines }: Draft): boolean {
  return lines.some(({ line }) => line.rate !== 'none');
}

function ownLines(
  rows: readonly SourceRow[],
  { number, sum, report }: Draft,
  owner: LineOwner,
  context: AssemblyContext,
): DraftLine[] | undefined {
  const lines = linesOfDocument(rows, owner, context);
  if (!lines) return undefined;
  const total = sumOf(lines);
  if (total === sum) return lines;
  const values = {
    number,
    lines: sumForPeople(total),
    sum: sumForPeople(sum),
    difference: sumForPeople(total - sum),
  };
  report(fault('BG1C-LINES-TOTAL', values, owner.where));
  return undefined;
}

function derivedLines(
  { number, sum, report }: Draft,
  owner: LineOwner,
  { accruals, charges }: DocumentInput,
  context: AssemblyContext,
): DraftLine[] | undefined {
  const all = linesOfCharges([...accruals, ...charges], owner, context);
  if (sumOf(all) === sum) return all;
  const accrued = linesOfCharges(accruals, owner, context);
  if (sumOf(accrued) === sum) return accrued;
  const exact = [all, accrued].find(
    (_, at) => roundedTotal(at === 0 ? [...accruals, ...charges] : accruals) === sum,
  );
  if (exact && context.config.vat.included) return withResidue(exact, sum);
  const values = { number, sum: sumForPeople(sum), accruals: sumForPeople(sumOf(all)) };
  const template = context.config.lines.fallback;
  if (template === undefined) {
    report(fault('BG1C-LINES-UNKNOWN', values, owner.where));
    return undefined;
  }
  const [month, year] = periodName(context.period).split(' ') as [string, string];
  const text = template.replaceAll('{month}', month).replaceAll('{year}', year);
  report(fault('BG1C-LINES-FALLBACK', { ...values, text }, owner.where));
  return [fallbackLine(text, sum, owner, context)];
}

/** Puts the kopecks that rounding of each accrual has lost or won into the largest line. */
function withResidue(lines: readonly DraftLine[], sum: Kopecks): DraftLine[] {
  const residue = sum - sumOf(lines);
  const largest = lines.reduce((best, one) => (one.line.sum > best.line.sum ? one : best));
  return lines.map((one) => {
    if (one !== largest) return one;
    const total = one.line.sum + residue;
    return { ...one, line: { ...one.line, price: total, sum: total, vat: vatInside(total, one.line.rate) } };
  });
}

export function sumOf(lines: readonly DraftLine[]): Kopecks {
  return lines.reduce((sum, { line }) => sum + line.sum, 0);
}
