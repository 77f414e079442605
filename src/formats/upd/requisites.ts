import { type Fault, fault } from '../../faults/fault.ts';
import { documentName } from '../../model/document-name.ts';
import { sumForPeople } from '../../model/money.ts';
import type { Line, PartyKind } from '../../model/types.ts';
import { splitPersonName } from './person-name.ts';
import { FUNCTIONS, functionOf, type UpdSource } from './source.ts';

/**
 * What a document lacks to become a file, in the words of those who can mend it. The format's own rules are asked of the
 * finished file.
 */
export function missingRequisites(source: UpdSource): Fault[] {
  const { document, organization, counterparty, contract, payments, lines } = source;
  const kind = functionOf(document);
  const { invoice, transfer } = FUNCTIONS[kind];
  const { number } = document;
  const found: Fault[] = [];
  if (number === '')
    found.push(
      document.numberedBy === 'onec'
        ? fault('BG1C-UPD-NOT-NUMBERED', { document: documentName({ ...document, kind: document.record }) })
        : fault('BG1C-NUMBER-MISSING', { key: document.key }),
    );
  if (counterparty.inn === undefined && (invoice || counterparty.kind !== 'person'))
    found.push(fault('BG1C-UPD-BUYER-INN', { number, name: counterparty.name, function: kind }));
  for (const [party, { name, address }] of [
    ['продавец', organization],
    ['покупатель', counterparty],
  ] as const)
    if (invoice && address === undefined)
      found.push(fault('BG1C-UPD-ADDRESS', { number, party, name, function: kind }));
  for (const party of [organization, counterparty])
    if (lacksName(party)) found.push(fault('BG1C-UPD-PERSON-NAME', { number, name: party.fullName }));
  if (transfer && contract && contract.date === undefined)
    found.push(fault('BG1C-UPD-CONTRACT-DATE', { number, contract: contract.number }));
  if (invoice && contract?.prepaid && payments.length === 0)
    found.push(fault('BG1C-UPD-PAYMENTS', { number, contract: contract.number }));
  for (const { line } of lines) {
    const reason = lineProblem(line);
    if (reason) found.push(fault('BG1C-UPD-LINE', { number, name: line.content, reason }));
  }
  return found;
}

function lacksName({ kind, fullName }: { kind: PartyKind; fullName: string }): boolean {
  return kind !== 'legal-entity' && splitPersonName(fullName) === undefined;
}

/** The format has no signs: quantity above zero, cost and tax not below. */
function lineProblem({ quantity, sum, vat, rate }: Line): string | undefined {
  if (quantity <= 0) return 'количество не больше нуля';
  if (sum < 0) return `отрицательная сумма ${sumForPeople(sum)}`;
  if (vat < 0 || vat > sum) return `налог ${sumForPeople(vat)} при сумме ${sumForPeople(sum)}`;
  if (vat > 0 && (rate === 'none' || rate === 0)) return `налог ${sumForPeople(vat)} при ставке без налога`;
  return undefined;
}
