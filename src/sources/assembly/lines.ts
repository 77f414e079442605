import type { OrganizationConfig } from '../../config/types.ts';
import { type FaultWhere, fault } from '../../faults/fault.ts';
import { foldNegative } from '../../model/fold.ts';
import { type Kopecks, sumForPeople } from '../../model/money.ts';
import { periodName } from '../../model/period.ts';
import type { Line } from '../../model/types.ts';
import { roundVat, vatInside, vatOnTop } from '../../model/vat.ts';
import { cut } from '../../support/text.ts';
import { type AssemblyContext, rateFor } from './context.ts';
import { FALLBACK_SERVICE } from './services.ts';
import { mergeRefs, type RowRefs } from './sourced.ts';

/** 1C's Содержание holds 1000 characters. */
const CONTENT_LIMIT = 1000;
/** A quantity of one, scale 3. */
export const ONE = 1000;

/** What a line belongs to, for rates and messages. */
export interface LineOwner {
  number: string;
  contract: string;
  organization: OrganizationConfig;
  where: FaultWhere;
}

/** A line before folding; `service` is a sid, made a UUID when the document is complete. */
export interface DraftLine {
  line: Line;
  rows: RowRefs;
  where: FaultWhere;
  /** Its VAT stands in the export. */
  vatGiven?: true;
}

/** An accrual or a charge of the month that counts as a sale. */
export interface MonthlyCharge {
  sid: string;
  title: string;
  sum: Kopecks;
  /** BGBilling's own sum with five digits, scale 5, where the export has it. */
  raw?: number;
  rows: RowRefs;
}

/** Lines made of accruals and charges: one a service, in the order of the services' ids; zero sums drop out. */
export function linesOfCharges(
  charges: readonly MonthlyCharge[],
  owner: LineOwner,
  context: AssemblyContext,
): DraftLine[] {
  const bySid = new Map<string, MonthlyCharge[]>();
  for (const charge of charges) bySid.set(charge.sid, [...(bySid.get(charge.sid) ?? []), charge]);
  const sorted = [...bySid].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return sorted.flatMap(([sid, parts]) => {
    const net = parts.reduce((sum, part) => sum + part.sum, 0);
    if (net === 0) return [];
    const rate = rateFor(context.config, context.period, owner.organization.code, sid, owner.contract);
    const sum = context.config.vat.included ? net : net + vatOnTop(net, rate);
    const line: Line = {
      service: sid,
      content: contentOf(parts[0]!.title, context),
      quantity: ONE,
      price: sum,
      sum,
      rate,
      vat: vatInside(sum, rate),
    };
    return [{ line, rows: mergeRefs(parts.map(({ rows }) => rows)), where: owner.where }];
  });
}

/** The one line of a document whose lines nobody knows (`lines.fallback`). */
export function fallbackLine(
  text: string,
  sum: Kopecks,
  owner: LineOwner,
  context: AssemblyContext,
): DraftLine {
  const rate = rateFor(
    context.config,
    context.period,
    owner.organization.code,
    FALLBACK_SERVICE,
    owner.contract,
  );
  return {
    line: {
      service: FALLBACK_SERVICE,
      content: cut(text, CONTENT_LIMIT),
      quantity: ONE,
      price: sum,
      sum,
      rate,
      vat: vatInside(sum, rate),
    },
    rows: {},
    where: owner.where,
  };
}

/** Folds negative lines and drops zero ones; undefined when the document cannot have these lines. */
export function settleLines(
  drafts: readonly DraftLine[],
  owner: LineOwner,
  context: AssemblyContext,
): DraftLine[] | undefined {
  const { number } = owner;
  const filled = drafts.filter(({ line }) => line.sum !== 0);
  for (const { line, where: place } of drafts)
    if (line.sum === 0) context.report(fault('BG1C-LINE-ZERO', { number, name: line.content }, place));
  const negative = filled.find(({ line }) => line.sum < 0);
  if (!negative) return rounded(filled, context);
  const refuse = ({ line, where }: DraftLine): undefined => {
    context.report(
      fault('BG1C-LINE-NEGATIVE', { number, name: line.content, sum: sumForPeople(line.sum) }, where),
    );
  };
  if (context.config.documents.negativeLines === 'leave-out') return refuse(negative);
  const folded = foldNegative(filled.map(({ line }) => line));
  if (!folded.ok) return refuse(filled[folded.negative]!);
  for (const { negative: from, target, amount } of folded.folds)
    context.report(
      fault(
        'BG1C-LINE-FOLDED',
        {
          number,
          name: filled[from]!.line.content,
          sum: sumForPeople(-amount),
          target: filled[target]!.line.content,
        },
        filled[from]!.where,
      ),
    );
  const left = folded.kept.map((index, at): DraftLine => {
    const sources = folded.folds
      .filter(({ target }) => target === index)
      .map(({ negative: from }) => filled[from]!.rows);
    return {
      line: folded.lines[at]!,
      rows: mergeRefs([filled[index]!.rows, ...sources]),
      where: filled[index]!.where,
      ...(filled[index]!.vatGiven && { vatGiven: true }),
    };
  });
  return rounded(left, context);
}

/** VAT by the policy of the settings, where the export names none. */
function rounded(drafts: readonly DraftLine[], { config }: AssemblyContext): DraftLine[] {
  const { rounding } = config.vat;
  if (rounding === 'line' || drafts.some(({ vatGiven }) => vatGiven)) return [...drafts];
  const vats = roundVat(
    drafts.map(({ line }) => line),
    rounding,
  );
  return drafts.map((draft, at) => ({ ...draft, line: { ...draft.line, vat: vats[at]! } }));
}

export function contentOf(name: string, { period }: AssemblyContext): string {
  const tail = ` за ${periodName(period)} г.`;
  return cut(name, CONTENT_LIMIT - tail.length) + tail;
}
