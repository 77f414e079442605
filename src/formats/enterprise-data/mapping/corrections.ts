import type { DocumentKind } from '../../../model/types.ts';
import { propertyOf } from '../../../schema/lookup.ts';
import { group, type Mapping, plain, text } from '../../../schema/mapping.ts';
import type { Profile } from '../../../schema/profile.ts';
import { lost } from '../losses.ts';
import { vatInvoiceTime } from '../texts.ts';
import type { VatInvoiceView } from '../views.ts';
import type { BillElement } from './documents.ts';
import { organizationKeys } from './keys.ts';

/**
 * Исправления and deletions. In 1C a corrected VAT invoice is a document of its own: dated by the day of the
 * correction, numbered by 1C itself (its counter «И»), and tied to the first one, whose number and date it prints in
 * line 1. So its own number stays empty in the message (decisions 14).
 */

const NUMBER = 'computed: номер исправления';
const DATE = 'computed: дата исправления';
const VAT_INVOICE_KEYS = 'КлючевыеСвойстваСчетФактураВыданный';

/** Whether the version has a place for everything that makes an исправление. */
export function expressesCorrections(profile: Profile, vatInvoice: string): boolean {
  return (
    propertyOf(profile, VAT_INVOICE_KEYS, 'НомерИсправления') !== undefined &&
    propertyOf(profile, VAT_INVOICE_KEYS, 'ДатаИсправления') !== undefined &&
    propertyOf(profile, vatInvoice, 'ИсправляемыйСчетФактура') !== undefined
  );
}

function corrected(view: VatInvoiceView): VatInvoiceView | undefined {
  return view.correction && view;
}

/** Key properties of a VAT invoice, whether it is the first one or corrects it. */
export const vatInvoiceKeys: Mapping<VatInvoiceView> = {
  Ссылка: plain('document.uuid', ({ uuid }) => uuid),
  Номер: text('document.number', ({ document, correction }) => (correction ? '' : document.number)),
  Дата: plain('document.date', ({ document, correction }) =>
    vatInvoiceTime(correction?.date ?? document.date),
  ),
  НомерИсправления: plain(
    NUMBER,
    ({ correction }) => correction && String(correction.number),
    lost('document.correction'),
  ),
  ДатаИсправления: plain(DATE, ({ correction }) => correction?.date, lost('document.correction')),
  Организация: group(({ organization }: VatInvoiceView) => organization, organizationKeys),
};

/** ИсправляемыйСчетФактура: the one first issued, also for the second correction. */
export const correctedInvoice: Mapping<VatInvoiceView> = {
  ИсправляемыйСчетФактура: group(
    corrected,
    {
      Ссылка: plain('computed: исправляемый счёт-фактура', ({ correction }) => correction?.original),
      Номер: text('document.number', ({ document }) => document.number),
      Дата: plain('document.date', ({ document }) => vatInvoiceTime(document.date)),
      Организация: group(({ organization }: VatInvoiceView) => organization, organizationKeys),
    },
    lost('document.correction'),
  ),
};

/** An object that 1C is to mark for deletion; it takes back the posting, and removes nothing. */
export interface Deletion {
  kind: Exclude<DocumentKind, 'upd'>;
  uuid: string;
}

export const DELETION = 'УдалениеОбъекта';

/** Exactly one of the references is written; the element within an element of the same name is the format's own. */
export function deletionMapping(bill: BillElement): Mapping<Deletion> {
  const reference = (wanted: Deletion['kind']) =>
    plain('document.uuid', ({ kind, uuid }: Deletion) => (kind === wanted ? uuid : undefined));
  const itself = (deletion: Deletion): Deletion => deletion;
  return {
    СсылкаНаОбъект: group(itself, {
      СсылкаНаОбъект: group(itself, {
        РеализацияТоваровУслугСсылка: reference('act'),
        СчетФактураВыданныйСсылка: reference('vat-invoice'),
        [`${bill.replace('Документ.', '')}Ссылка`]: reference('bill'),
      }),
    }),
  };
}
