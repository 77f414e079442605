import { correctionOf } from '../../model/correction.ts';
import { sumForPeople } from '../../model/money.ts';
import type { CanonicalRecord, Counterparty, Document } from '../../model/types.ts';
import { rateText } from '../../model/vat.ts';
import { russianDate } from '../../support/dates.ts';
import { formatDecimalShort } from '../../support/decimal.ts';

export type ComparedRecord = Exclude<CanonicalRecord, { record: 'organization' }>;

/** One difference, as people read it; `undefined`: there was, or is, nothing. */
export interface FieldChange {
  field: string;
  before: string | undefined;
  after: string | undefined;
}

/** Name of what a document refers to, by UUID: the same on both sides, so that a changed name is told once, by itself. */
export type NameOf = (uuid: string) => string;

/** What of a record is another than it was. */
export function changedFields(before: ComparedRecord, after: ComparedRecord, nameOf: NameOf): FieldChange[] {
  const [old, now] = [fieldsOf(before, nameOf), fieldsOf(after, nameOf)];
  const single = [...new Set([...old.single.keys(), ...now.single.keys()])].flatMap((field) => {
    const [was, is] = [old.single.get(field), now.single.get(field)];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
  const listed = [...new Set([...old.listed.keys(), ...now.listed.keys()])].flatMap((field) =>
    listChanges(field, old.listed.get(field) ?? [], now.listed.get(field) ?? []),
  );
  return [...single, ...listed];
}

interface Fields {
  single: Map<string, string>;
  listed: Map<string, string[]>;
}

function fieldsOf(record: ComparedRecord, nameOf: NameOf): Fields {
  switch (record.record) {
    case 'counterparty':
      return { single: present(partyFields(record)), listed: new Map() };
    case 'contract': {
      const { number, date, account, name, prepaid, counterparty } = record;
      const fields = {
        Номер: number,
        Дата: date && russianDate(date),
        'Лицевой счёт': account,
        Название: name,
        Оплата: prepaid ? 'предоплата' : 'постоплата',
        Контрагент: nameOf(counterparty),
      };
      return { single: present(fields), listed: new Map() };
    }
    case 'service': {
      const { name, fullName, unit } = record;
      const fields = { Название: name, 'Полное название': fullName, 'Единица (ОКЕИ)': unit };
      return { single: present(fields), listed: new Map() };
    }
    default:
      return documentFields(record, nameOf);
  }
}

function partyFields(party: Counterparty): Record<string, string | undefined> {
  const { name, fullName, inn, kpp, ogrn, address, emails, phones, bank, kind } = party;
  return {
    Вид: { 'legal-entity': 'юридическое лицо', 'sole-trader': 'ИП', person: 'физическое лицо' }[kind],
    Наименование: name,
    'Полное наименование': fullName,
    ИНН: inn,
    КПП: kpp,
    ОГРН: ogrn,
    Адрес: address,
    'Электронная почта': emails.join(', '),
    Телефоны: phones.join(', '),
    'Расчётный счёт': bank && `${bank.account}, БИК ${bank.bik}`,
  };
}

function documentFields(document: Document, nameOf: NameOf): Fields {
  const { number, date, counterparty, contract, account, sum, vat, lines } = document;
  const correction = correctionOf(document);
  const payments = 'payments' in document ? (document.payments ?? []) : [];
  const single = present({
    Номер: number || '—',
    Дата: russianDate(date),
    Исправление: correction && `№ ${correction.number} от ${russianDate(correction.date)}`,
    Контрагент: nameOf(counterparty),
    Договор: nameOf(contract),
    'Лицевой счёт': account,
    Сумма: sumForPeople(sum),
    НДС: sumForPeople(vat),
    Акт:
      document.record === 'vat-invoice'
        ? `№ ${document.actNumber || '—'} от ${russianDate(document.actDate)}`
        : undefined,
  });
  const listed = new Map([
    [
      'Строка',
      lines.map((line) => {
        const quantity = formatDecimalShort(line.quantity, 3);
        const figures = `${quantity} × ${sumForPeople(line.price)} = ${sumForPeople(line.sum)}`;
        return `${line.content}: ${figures}, НДС ${rateText(line.rate)} ${sumForPeople(line.vat)}`;
      }),
    ],
    [
      'Оплата',
      payments.map((one) => `№ ${one.number} от ${russianDate(one.date)} на ${sumForPeople(one.sum)}`),
    ],
  ]);
  return { single, listed };
}

function present(fields: Record<string, string | undefined>): Map<string, string> {
  return new Map(
    Object.entries(fields).filter((field): field is [string, string] => (field[1] ?? '') !== ''),
  );
}

/** Lines that are in one list only, side by side. */
function listChanges(field: string, before: readonly string[], after: readonly string[]): FieldChange[] {
  const gone = without(before, after);
  const come = without(after, before);
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => ({
    field,
    before: gone[index],
    after: come[index],
  }));
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}
