import type { CrmFinding } from '../../journal/crm-changes.ts';
import type { PartyKind } from '../../model/types.ts';
import { COMPANY, digits, LEGAL_ADDRESS } from './card.ts';
import { textOf } from './compare.ts';
import type { Known, KnownRequisite } from './known.ts';

/** A party of the CRM that 1C does not have, as it would be created there. */
export interface ProposedParty {
  kind: PartyKind;
  name: string;
  fullName: string;
  inn: string;
  kpp: string;
  ogrn: string;
  address: string;
  phones: string[];
  emails: string[];
}

/**
 * A finding about a company that 1C does not have.
 * @returns undefined where it is our own, has no ИНН, or stands in 1C: the next push joins them
 */
export function newParty(
  type: number,
  item: number,
  known: Known,
  taxpayers: ReadonlyMap<string, number>,
): CrmFinding | undefined {
  if (type !== COMPANY || known.item.isMyCompany === 'Y') return undefined;
  const withInn = known.requisites.filter(({ fields }) => digits(textOf(fields.RQ_INN)) !== '');
  const [requisite, ...others] = withInn;
  if (!requisite || others.length > 0) return undefined;
  const party = proposed(known, requisite);
  if (taxpayers.has(`${party.inn}/${party.kpp}`)) return undefined;
  return {
    kind: 'new',
    type,
    item,
    piece: 'item',
    field: 'card',
    title: party.name,
    ours: '',
    theirs: JSON.stringify(party),
  };
}

function proposed({ item, contacts }: Known, { fields, addresses }: KnownRequisite): ProposedParty {
  const inn = digits(textOf(fields.RQ_INN));
  const title = textOf(item.title);
  const person = [fields.RQ_LAST_NAME, fields.RQ_FIRST_NAME, fields.RQ_SECOND_NAME]
    .map(textOf)
    .filter(Boolean);
  const name = textOf(fields.RQ_COMPANY_NAME) || title;
  const fullName = textOf(fields.RQ_COMPANY_FULL_NAME) || textOf(fields.RQ_NAME) || person.join(' ') || name;
  const address = addresses.get(`address:${LEGAL_ADDRESS}`);
  const lines = ['POSTAL_CODE', 'COUNTRY', 'PROVINCE', 'REGION', 'CITY', 'ADDRESS_1', 'ADDRESS_2'];
  const values = (typeId: string): string[] =>
    contacts.filter((one) => one.typeId === typeId).map(({ value }) => value);
  return {
    kind: inn.length === 12 ? 'sole-trader' : 'legal-entity',
    name,
    fullName,
    inn,
    kpp: inn.length === 12 ? '' : textOf(fields.RQ_KPP).toUpperCase(),
    ogrn: digits(textOf(fields.RQ_OGRN) || textOf(fields.RQ_OGRNIP)),
    address: address
      ? lines
          .map((line) => textOf(address[line]))
          .filter(Boolean)
          .join(', ')
      : '',
    phones: values('PHONE'),
    emails: values('EMAIL'),
  };
}
