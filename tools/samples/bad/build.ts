import assert from 'node:assert/strict';
import { configText } from '../config.ts';
import { BILLING_STYLE, csvBytes } from '../csv.ts';
import { exportOf } from '../tables.ts';
import { verifyMonth } from '../verify.ts';
import { baseMonth } from './base.ts';
import type { BadCase } from './case.ts';
import { CLIENT_CASES } from './clients.ts';
import { CONFIG_CASES } from './config.ts';
import { DOCUMENT_CASES } from './documents.ts';
import { FILE_CASES } from './files.ts';
import { FORMED_CASES } from './formed.ts';
import { LINE_CASES } from './lines.ts';

const CASES: readonly BadCase[] = [
  ...FILE_CASES,
  ...CONFIG_CASES,
  ...CLIENT_CASES,
  ...DOCUMENT_CASES,
  ...LINE_CASES,
  ...FORMED_CASES,
];

/** Files of the bad samples, by path inside `samples/`. */
export async function badSamples(): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const one of CASES) {
    const folder = `bad/${one.name}`;
    assert(!files.has(`${folder}/case.json`), folder);
    for (const [name, bytes] of await filesOf(one)) files.set(`${folder}/${name}`, bytes);
  }
  files.set('bad/README.md', Buffer.from(overview()));
  return files;
}

async function filesOf(one: BadCase): Promise<Map<string, Buffer>> {
  const month = one.month ?? baseMonth();
  verifyMonth(month);
  const plain = configText({ format: '1.20', bill: 'ЗаказКлиента', upd: false, exempt: month.exempt });
  const config = one.config?.(plain) ?? plain;
  const tables = exportOf(month);
  const placeInTables = one.tables?.(tables);
  const files = new Map<string, Buffer>();
  for (const [table, rows] of Object.entries(tables))
    if (rows.rows.length > 0 && table !== 'balances')
      files.set(`in/${table}.csv`, csvBytes(rows, BILLING_STYLE));
  const place =
    (await one.files?.(files)) ?? placeInTables ?? (one.configLine && configPlace(config, one.configLine));
  files.set('bg1c.yaml', Buffer.from(config));
  const expected = {
    title: one.title,
    command: 'build',
    export: one.export ?? 'in',
    ...(!one.anyPeriod && { period: month.period }),
    exit: one.exit,
    faults: one.faults,
    ...(place && { place }),
    documents: one.documents,
  };
  return files.set('case.json', Buffer.from(`${JSON.stringify(expected, null, 2)}\n`));
}

function configPlace(config: string, text: string): string {
  const line = config.split('\n').findIndex((one) => one.includes(text)) + 1;
  assert(line > 0, text);
  return `bg1c.yaml:${line}`;
}

function overview(): string {
  const rows = CASES.map(
    ({ name, title, exit, faults }) =>
      `| [${name}](${name}/case.json) | ${title} | ${exit} | ${faults.join(', ')} |`,
  );
  return `# Плохие выгрузки

Каждая папка – один хороший месяц из трёх абонентов, испорченный в одном месте. Что должна ответить программа,
записано в \`case.json\` (поля описаны в [samples/README.md](../README.md)).

| папка | что не так | код возврата | замечания |
|---|---|---|---|
${rows.join('\n')}
`;
}
