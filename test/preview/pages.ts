import { type Fault, fault } from '../../src/faults/fault.ts';
import type { Preview, PreviewDocument } from '../../src/formats/preview/page.ts';
import { reconcile } from '../../src/model/reconciliation.ts';

/** What must stay text. */
export const HOSTILE = `ООО «Ромашка» <script>document.title='взлом'</script><img src=x onerror="document.title='взлом'">&amp;`;

const NAMES = [
  'ООО «Городские сети»',
  'Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 14 городского округа»',
  'ИП Гайнутдинова Александра Константиновна',
  HOSTILE,
];

function documents(count: number): PreviewDocument[] {
  const kinds = ['act', 'vat-invoice', 'bill'] as const;
  return Array.from({ length: count }, (_, index) => ({
    kind: kinds[index % 3]!,
    number: `А10/${1000 + index}`,
    date: '2026-10-31',
    counterparty: NAMES[index % NAMES.length]!,
    inn: '0274000505',
    account: String(100200 + index),
    sum: 244_000 + index * 1_234_567,
    vat: 44_000 + index * 222_000,
    ...(index === 1 && { correction: '№ 1 от 05.11.2026' }),
  }));
}

const FAULTS: Fault[] = [
  fault(
    'BG1C-ACCEPTED-CHANGED',
    { document: 'Акт № А10/1045 от 31.10.2026', changes: 'сумма 2 440,00 → 2 196,00, НДС 440,00 → 396,00' },
    { source: { file: 'documents.csv', line: 17, column: 9, key: 'summ' } },
  ),
  fault('BG1C-ACCEPTED-VANISHED', { document: 'Счёт № 77 от 31.10.2026' }),
  ...Array.from({ length: 14 }, (_, index) =>
    fault('BG1C-BUYER-ADDRESS', { number: `Ф${index}`, name: HOSTILE }),
  ),
];

/** A month of so many documents, with everything that a page can show. */
export function previewOf(count: number, others: Partial<Preview> = {}): Preview {
  const all = documents(count);
  const totals = (['bill', 'act', 'vat-invoice'] as const).map((kind) => {
    const own = all.filter((one) => one.kind === kind);
    const total = (field: 'sum' | 'vat'): number => own.reduce((sum, one) => sum + one[field], 0);
    return { kind, count: own.length, sum: total('sum'), vat: total('vat') };
  });
  return {
    organization: { name: 'ООО «БашНет»', inn: '0274000505' },
    period: '2026-10',
    packageId: '7b0c5c6e-1d2f-5a3b-8c4d-5e6f7a8b9c0d',
    seq: 12,
    part: 1,
    parts: 2,
    format: 'EnterpriseData 1.20',
    totals,
    documents: all,
    leftOut: {
      count: 1,
      documents: [{ kind: 'act', number: 'А10/1045', key: 'invoice:17', codes: ['BG1C-ACCEPTED-CHANGED'] }],
    },
    deletions: [{ kind: 'vat-invoice', number: 'Ф10/900', date: '2026-10-31', sum: 1_220_00 }],
    faults: FAULTS,
    reconciliation: reconcile([
      { contract: 'Д-1024', accrued: 2_500_00, documents: 2_440_00, packaged: 2_440_00, booked: 2_440_00 },
      { contract: HOSTILE, accrued: 100_00, documents: 0, packaged: 0, booked: 0 },
      ...Array.from({ length: 50 }, (_, index) => ({
        ...{
          contract: `Д-${index}`,
          accrued: 1_000_00,
          documents: 1_000_00,
          packaged: 1_000_00,
          booked: 1_000_00,
        },
      })),
    ]),
    ...others,
  };
}
