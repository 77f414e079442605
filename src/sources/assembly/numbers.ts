import { type FaultWhere, fault } from '../../faults/fault.ts';
import {
  counterOf,
  type NumberTemplate,
  parseTemplate,
  proposeTemplate,
  renderNumber,
} from '../../model/number-template.ts';
import { NUMBER_LIMIT, numberProblems } from '../../model/numbering.ts';
import type { DocumentKind } from '../../model/types.ts';
import type { AssemblyContext } from './context.ts';
import { isTaxed } from './draft-lines.ts';
import type { DocumentInput, Draft } from './drafts.ts';

/** Kinds that 1C numbers each by themselves: the two halves of an УПД are an act and a VAT invoice. */
export type NumberedKind = Exclude<DocumentKind, 'upd'>;

/** Numbers that the journal knows, as far as a build asks. */
export interface GivenNumbers {
  /** The number that a document was given here. */
  of(document: string): string | undefined;
  /** The number that 1C gave to a document: a receipt of the configured base told it. */
  booked(document: string): string | undefined;
  /** The last ordinal of a series; 0 when there is none. */
  last(series: string): number;
  given(kind: NumberedKind, year: string, number: string): boolean;
  give(number: GivenNumber): void;
  /** Month of a document of the same year and another month that has the number in a package. */
  elsewhere(kind: NumberedKind, year: string, number: string, document: string): string | undefined;
}

export interface GivenNumber {
  kind: NumberedKind;
  year: string;
  number: string;
  /** UUID. */
  document: string;
  series: string;
  ordinal: number;
}

/** The drafts of a contract as they belong together. */
export interface DraftSet {
  bills: readonly Draft[];
  acts: readonly Draft[];
  /** VAT invoice of an act. */
  tied: ReadonlyMap<Draft, Draft>;
  /** VAT invoices without an act. */
  loose: readonly Draft[];
}

/**
 * Numbers that do not come from the billing (`numbering.by`): drawn by templates, once for ever, or left to 1C, whose
 * receipt brings them back. Drafts with an error get none.
 */
export function numberDrafts(
  { bills, acts, tied }: DraftSet,
  input: DocumentInput,
  context: AssemblyContext,
): void {
  const { config, identity } = context;
  if (config.numbering.by === 'billing') return;
  const number = config.numbering.by === 'onec' ? numberOf1C : ownNumber;
  const uuid = (draft: Draft, kind: NumberedKind): Numbered => ({
    kind,
    uuid: identity.document(draft.key, kind),
  });
  const good = ({ codes }: Draft): boolean => codes.length === 0;
  for (const bill of bills.filter(good))
    bill.number = number('bill', [uuid(bill, 'bill')], bill, input, context);
  for (const act of acts.filter(good)) {
    const invoice = tied.get(act);
    const whole = act.kind === 'upd' || (config.documents.upd && (invoice !== undefined || !isTaxed(act)));
    // Two dates make no УПД: the pair is refused, and takes no number.
    if (whole && invoice && invoice.date !== act.date) continue;
    const halves = [uuid(act, 'act'), uuid(invoice ?? act, 'vat-invoice')];
    act.number = number(whole ? 'upd' : 'act', whole ? halves : halves.slice(0, 1), act, input, context);
    if (!invoice || !good(invoice)) continue;
    const shared = whole || (config.numbering.by === 'own' && !config.numbering.template['vat-invoice']);
    if (whole) invoice.number = act.number;
    else if (shared) invoice.number = shareNumber(act, halves[1]!, context);
    else invoice.number = number('vat-invoice', halves.slice(1), invoice, input, context);
  }
}

interface Numbered {
  kind: NumberedKind;
  uuid: string;
}

type Numberer = (
  kind: DocumentKind,
  documents: readonly Numbered[],
  draft: Draft,
  input: DocumentInput,
  context: AssemblyContext,
) => string;

/** Empty until a receipt has told the number: 1C draws it when it loads (decisions 14). */
const numberOf1C: Numberer = (_kind, documents, _draft, _input, { given }) =>
  given.booked(documents[0]!.uuid) ?? '';

const ownNumber: Numberer = (kind, documents, draft, { contract }, context) => {
  const { config, period, given } = context;
  const known = given.of(documents[0]!.uuid);
  if (known !== undefined) return known;
  const text = config.numbering.template[kind]!;
  const template = parseTemplate(text) as NumberTemplate;
  const subject = { account: contract.account, period };
  const series = `${documents.map((one) => one.kind).join('+')} ${counterOf(template, subject)}`;
  const year = draft.date.slice(0, 4);
  let ordinal = given.last(series) + 1;
  let number = renderNumber(template, subject, ordinal);
  // Another counter may come to the same text: «1» + «12» and «11» + «2».
  while (number.length <= NUMBER_LIMIT[kind] && documents.some((one) => isTaken(one, year, number, context)))
    number = renderNumber(template, subject, ++ordinal);
  if (!isGood(number, kind, text, contract.account, draft)) return draft.number;
  for (const { kind: of, uuid } of documents)
    given.give({ kind: of, year, number, document: uuid, series, ordinal });
  return number;
};

function isTaken(
  { kind, uuid }: Numbered,
  year: string,
  number: string,
  { given }: AssemblyContext,
): boolean {
  return given.given(kind, year, number) || given.elsewhere(kind, year, number, uuid) !== undefined;
}

/** A VAT invoice without a template of its own bears the number of its act. */
function shareNumber(act: Draft, { kind, uuid }: Numbered, { given }: AssemblyContext): string {
  const known = given.of(uuid);
  if (known !== undefined) return known;
  const year = act.date.slice(0, 4);
  const series = `${kind} ${act.number}`;
  if (!given.given(kind, year, act.number))
    given.give({ kind, year, number: act.number, document: uuid, series, ordinal: 1 });
  return act.number;
}

/** What 1C cannot hold or prints otherwise is said, with a template that would do. */
function isGood(
  number: string,
  kind: DocumentKind,
  template: string,
  account: string,
  draft: Draft,
): boolean {
  const where: FaultWhere = draft.where('number');
  const fitting = proposeTemplate(account, kind);
  const proposal = fitting === undefined ? '' : `; подойдёт шаблон ${fitting}`;
  const values = { number, template, account, proposal };
  const problems = numberProblems(number, kind);
  for (const found of problems)
    if (found.problem === 'length')
      draft.report(
        fault('BG1C-TEMPLATE-LENGTH', { ...values, length: number.length, limit: found.limit }, where),
      );
    else if (found.problem === 'print')
      draft.report(
        fault('BG1C-TEMPLATE-PRINT', { ...values, position: found.position, printed: found.printed }, where),
      );
    else if (found.problem === 'doubt')
      draft.report(fault('BG1C-NUMBER-PRINT-DOUBT', { number, reason: found.reason }, where));
  return draft.codes.length === 0;
}
