import type { FaultCode } from '../../src/faults/registry.ts';
import { type ConfigChoices, configText } from './config.ts';
import { BILLING_STYLE, type CsvStyle, csvBytes } from './csv.ts';
import { demoText } from './demo.ts';
import { documentsOf, type SampleDocument } from './documents.ts';
import { type Month, rateOf } from './month.ts';
import { DECEMBER_2025 } from './months/december-2025.ts';
import { OCTOBER_2026 } from './months/october-2026.ts';
import { OCTOBER_2026_UTF8 } from './months/october-2026-utf8.ts';
import { REGIMES } from './regimes.ts';
import { type ExportTables, exportOf } from './tables.ts';
import { verifyMonth } from './verify.ts';

/** A month that builds: exit code 0, with the warnings and notices that it is made to give. */
export interface GoodSample {
  name: string;
  title: string;
  month: Month;
  config: Omit<ConfigChoices, 'exempt' | 'fallback'>;
  faults: readonly FaultCode[];
  /** Settings beyond the usual ones. */
  edit?: (text: string) => string;
  /** Whether `bg1c init --demo` takes this month. */
  demo?: true;
  /** Files beside the settings. */
  beside?: Readonly<Record<string, string>>;
  /** Counts and kopecks of the first package, where the documents are not those of the billing. */
  made?: Promised;
  style: (table: keyof ExportTables) => CsvStyle;
}

export interface Promised {
  counts: Record<string, number>;
  kopecks: Record<string, number>;
}

const FALLBACK = 'Услуги связи за {month} {year}';

const SAMPLES: readonly GoodSample[] = [
  {
    name: 'october-2026',
    title: 'Октябрь 2026: 36 договоров, акт и счёт-фактура отдельно',
    month: OCTOBER_2026,
    config: { format: '1.20', bill: 'ЗаказКлиента', upd: false },
    faults: [
      'BG1C-CONTRACT-DATE-MISSING',
      'BG1C-CONTRACT-NUMBER-CUT',
      'BG1C-COUNTERPARTY-DIFFERS',
      'BG1C-COUNTERPARTY-NAMESAKE',
      'BG1C-LINE-FOLDED',
      'BG1C-LINE-PRICE',
      'BG1C-LINE-ZERO',
      'BG1C-LINES-FALLBACK',
      'BG1C-NAME-CUT',
    ],
    demo: true,
    style: () => BILLING_STYLE,
  },
  {
    name: 'october-2026-utf8',
    title: 'Октябрь 2026 в UTF-8: башкирские буквы, УПД',
    month: OCTOBER_2026_UTF8,
    config: { format: '1.20', bill: 'ЗаказКлиента', upd: true },
    faults: ['BG1C-LINE-FOLDED', 'BG1C-TEXT-CP1251'],
    // Some programs put a byte order mark, some do not.
    style: (table) => ({
      encoding: 'utf-8',
      bom: table === 'clients' || table === 'documents',
      newline: '\n',
    }),
  },
  {
    name: 'december-2025',
    title: 'Декабрь 2025: НДС 20 %, EnterpriseData 1.17, счёт — СчетПокупателю',
    month: DECEMBER_2025,
    config: { format: '1.17', bill: 'СчетПокупателю', upd: false },
    faults: ['BG1C-LINE-FOLDED'],
    style: () => BILLING_STYLE,
  },
  ...REGIMES,
];

/** Files of the good samples, by path inside `samples/`. */
export function goodSamples(): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const { name, title, month, config, faults, edit, demo, beside = {}, made, style } of SAMPLES) {
    verifyMonth(month);
    const text = configText({ ...config, exempt: month.exempt, fallback: FALLBACK });
    files.set(`${name}/bg1c.yaml`, Buffer.from(edit?.(text) ?? text));
    if (demo) files.set(`${name}/demo.yaml`, Buffer.from(demoText(text)));
    for (const [file, content] of Object.entries(beside)) files.set(`${name}/${file}`, Buffer.from(content));
    for (const [table, rows] of Object.entries(exportOf(month)))
      if (!month.withoutDocuments || !table.startsWith('document'))
        files.set(`${name}/in/${table}.csv`, csvBytes(rows, style(table as keyof ExportTables)));
    const expected = {
      title,
      command: 'build',
      export: 'in',
      period: month.period,
      exit: 0,
      faults,
      ...(made ? promised(made) : countsOf(month, config.upd)),
    };
    files.set(`${name}/case.json`, Buffer.from(`${JSON.stringify(expected, null, 2)}\n`));
  }
  return files;
}

function promised({ counts, kopecks }: Promised) {
  return { documents: Object.values(counts).reduce((sum, count) => sum + count, 0), counts, kopecks };
}

/** How many documents of each kind must be built, and for how many kopecks. */
function countsOf(month: Month, upd: boolean) {
  const counts: Record<string, number> = {};
  const kopecks: Record<string, number> = {};
  const documents = documentsOf(month);
  for (const document of documents) {
    const kind = kindOf(document, documents, month, upd);
    if (kind === undefined) continue;
    counts[kind] = (counts[kind] ?? 0) + 1;
    kopecks[kind] = (kopecks[kind] ?? 0) + document.sum;
  }
  return { documents: Object.values(counts).reduce((sum, count) => sum + count, 0), counts, kopecks };
}

/** What a document becomes; a VAT invoice that is half of an УПД is no document of its own. */
function kindOf(
  { type, number, cid, lines }: SampleDocument,
  all: readonly SampleDocument[],
  month: Month,
  upd: boolean,
) {
  if (type === '1') return 'bill';
  if (type === '3') return upd ? undefined : 'vat-invoice';
  const invoiced = all.some((other) => other.type === '3' && other.number === number);
  const exempt = lines.every(({ sid }) => rateOf(month, cid, sid) === 'none');
  return upd && (invoiced || exempt) ? 'upd' : 'act';
}
