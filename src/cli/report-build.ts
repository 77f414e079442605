import { lossText } from '../formats/enterprise-data/losses.ts';
import { KIND_NAMES, KIND_NAMES_MANY } from '../model/document-name.ts';
import { sumForPeople } from '../model/money.ts';
import { periodName } from '../model/period.ts';
import { DOCUMENT_KINDS } from '../model/types.ts';
import type { BuildResult, BuiltPackage } from '../pipeline/build/build.ts';
import { plural } from '../support/text.ts';
import { alignRows } from './align.ts';
import { codeText, faultsSummary, faultsText } from './report-faults.ts';
import { reconciliationText } from './report-reconciliation.ts';

const LEFT_OUT_SHOWN = 20;
const DIFFERING_SHOWN = 10;

/** What a build did, for a person. */
export function buildText(result: BuildResult, dryRun: boolean): string {
  const blocks = [faultsText(result.faults)];
  for (const one of result.packages) blocks.push(packageText(one, dryRun));
  if (result.leftOut.length > 0) blocks.push(leftOutText(result));
  blocks.push(`Итог: ${verdict(result, dryRun)}; ${faultsSummary(result.faults)}.\n`);
  return blocks.join('');
}

function packageText(built: BuiltPackage, dryRun: boolean): string {
  const { organization, period, seq, documents, objects, files, format, packageId, losses } = built;
  const head = `${organization.name}, ${periodName(period)}. Пакет № ${seq}${dryRun ? ' (не записан: пробный запуск)' : ''}\n`;
  const rows = DOCUMENT_KINDS.filter((kind) => documents[kind].count > 0).map((kind) => {
    const { count, sum, vat } = documents[kind];
    return [KIND_NAMES_MANY[kind], String(count), sumForPeople(sum), sumForPeople(vat)];
  });
  const table = alignRows([['', 'штук', 'сумма, ₽', 'в т. ч. НДС, ₽'], ...rows]);
  const more = [
    `  Справочники: ${plural(objects.counterparties, 'контрагент', 'контрагента', 'контрагентов')}, ` +
      `${plural(objects.contracts, 'договор', 'договора', 'договоров')}, ${plural(objects.services, 'услуга', 'услуги', 'услуг')}`,
    `  Формат: EnterpriseData ${format.version}${format.chosenBy ? ' (по паспорту базы)' : ''}; пакет ${packageId}`,
    ...losses.map(({ name, count }) => `  Эта версия не передаёт: ${lossText(name)} — ${count}`),
    ...files.map((file) => `  Файл: ${file}`),
  ];
  const sums = reconciliationText(built.reconciliation, built.periodState, DIFFERING_SHOWN);
  return `${head}${table}${more.join('\n')}\n${sums}\n`;
}

function leftOutText({ leftOut }: BuildResult): string {
  const rows = leftOut
    .slice(0, LEFT_OUT_SHOWN)
    .map(
      ({ kind, number, key, codes }) =>
        `  ${KIND_NAMES[kind]} № ${number || '—'} (${key}): ${codes.map(codeText).join('; ')}\n`,
    );
  const more = leftOut.length > LEFT_OUT_SHOWN ? `  … и ещё ${leftOut.length - LEFT_OUT_SHOWN}\n` : '';
  return `Не переданы (${leftOut.length}):\n${rows.join('')}${more}\n`;
}

function verdict({ exit, packages, leftOut, unchanged }: BuildResult, dryRun: boolean): string {
  if (packages.length === 0) return dryRun ? 'пакет собрать нельзя' : 'ничего не записано';
  const written = unchanged ? 'ничего не изменилось, пакет собран раньше' : 'пакет записан';
  const done = dryRun ? 'пакет соберётся' : written;
  return exit === 0 ? done : `${done}, но не все документы вошли (не передано: ${leftOut.length})`;
}
