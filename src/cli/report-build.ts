import { lossText } from '../formats/enterprise-data/losses.ts';
import { sumForPeople } from '../model/money.ts';
import { periodName } from '../model/period.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../model/types.ts';
import type { BuildResult, BuiltPackage } from '../pipeline/build.ts';
import { plural } from '../support/text.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

const KIND_TITLES: Record<DocumentKind, string> = {
  bill: 'Счета на оплату',
  act: 'Акты',
  'vat-invoice': 'Счета-фактуры',
  upd: 'УПД',
};

const LEFT_OUT_SHOWN = 20;

/** What a build did, for a person. */
export function buildText(result: BuildResult, dryRun: boolean): string {
  const blocks = [faultsText(result.faults)];
  for (const one of result.packages) blocks.push(packageText(one, dryRun));
  if (result.leftOut.length > 0) blocks.push(leftOutText(result));
  blocks.push(`Итог: ${verdict(result, dryRun)}; ${faultsSummary(result.faults)}.\n`);
  return blocks.join('');
}

function packageText(
  { organization, period, seq, documents, objects, files, format, packageId, losses }: BuiltPackage,
  dryRun: boolean,
): string {
  const head = `${organization.name}, ${periodName(period)}. Пакет № ${seq}${dryRun ? ' (не записан: пробный запуск)' : ''}\n`;
  const rows = DOCUMENT_KINDS.filter((kind) => documents[kind].count > 0).map((kind) => {
    const { count, sum, vat } = documents[kind];
    return [KIND_TITLES[kind], String(count), sumForPeople(sum), sumForPeople(vat)];
  });
  const table = alignRows([['', 'штук', 'сумма, ₽', 'в т. ч. НДС, ₽'], ...rows]);
  const more = [
    `  Справочники: ${plural(objects.counterparties, 'контрагент', 'контрагента', 'контрагентов')}, ` +
      `${plural(objects.contracts, 'договор', 'договора', 'договоров')}, ${plural(objects.services, 'услуга', 'услуги', 'услуг')}`,
    `  Формат: EnterpriseData ${format.version}; пакет ${packageId}`,
    ...losses.map(({ name, count }) => `  Эта версия не передаёт: ${lossText(name)} — ${count}`),
    ...files.map((file) => `  Файл: ${file}`),
  ];
  return `${head}${table}${more.join('\n')}\n\n`;
}

function leftOutText({ leftOut }: BuildResult): string {
  const rows = leftOut
    .slice(0, LEFT_OUT_SHOWN)
    .map(
      ({ kind, number, key, codes }) =>
        `  ${KIND_ONE[kind]} № ${number || '—'} (${key}): ${codes.join(', ')}\n`,
    );
  const more = leftOut.length > LEFT_OUT_SHOWN ? `  … и ещё ${leftOut.length - LEFT_OUT_SHOWN}\n` : '';
  return `Не переданы (${leftOut.length}):\n${rows.join('')}${more}\n`;
}

const KIND_ONE: Record<DocumentKind, string> = {
  bill: 'счёт',
  act: 'акт',
  'vat-invoice': 'счёт-фактура',
  upd: 'УПД',
};

function verdict({ exit, packages, leftOut }: BuildResult, dryRun: boolean): string {
  if (packages.length === 0) return dryRun ? 'пакет собрать нельзя' : 'ничего не записано';
  const done = dryRun ? 'пакет соберётся' : 'пакет записан';
  return exit === 0 ? done : `${done}, но не все документы вошли (не передано: ${leftOut.length})`;
}

/** Columns of a small table: the first to the left, numbers to the right. */
function alignRows(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  return rows.map((row) => `  ${line(row)}\n`).join('');
}
