import { existsSync, readFileSync } from 'node:fs';
import { FAULTS, type FaultCode } from '../src/faults/registry.ts';
import { writeFileAtomic } from '../src/support/files.ts';
import { shipped } from '../src/support/root.ts';
import { configGuide } from './config-guide.ts';
import { licencesGuide } from './release/licences.ts';

/**
 * Writes what is made from the sources: the published registry of findings and the tables of the guides.
 *
 *     npx tsx tools/generate.ts            writes
 *     npx tsx tools/generate.ts --check    only compares; exit 1 where something differs
 */

const SEVERITY_WORDS = { error: 'ошибка', warning: 'предупреждение', notice: 'к сведению' };
const SCOPE_WORDS = {
  document: 'документ не передаётся',
  build: 'пакет не создаётся',
  usage: 'команда не выполняется',
};

const GENERATED: Record<string, () => string> = {
  'schemas/faults.json': () => `${JSON.stringify({ faultsVersion: 1, faults: FAULTS }, undefined, 2)}\n`,
  'docs/faults.ru.md': faultsGuide,
  'docs/config.ru.md': configGuide,
  'docs/licences.md': licencesGuide,
};

const check = process.argv.includes('--check');
for (const [name, make] of Object.entries(GENERATED)) {
  const path = shipped(name);
  const text = make();
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  if (check) {
    console.error(`differs: ${name} (npm run generate)`);
    process.exitCode = 1;
  } else writeFileAtomic(path, text);
}

function faultsGuide(): string {
  const rows = (Object.keys(FAULTS) as FaultCode[]).map((code) => {
    const { severity, scope, title, message, remedy } = FAULTS[code];
    const effect = severity === 'error' ? SCOPE_WORDS[scope] : '—';
    return `| \`${code}\` | ${SEVERITY_WORDS[severity]} | ${title} | ${cell(message)} | ${cell(remedy)} | ${effect} |`;
  });
  return [
    '# Замечания программы',
    '',
    'Таблица сделана из реестра замечаний программы (`schemas/faults.json` — то же для программ). В фигурных скобках',
    'на месте слова программа показывает настоящее значение.',
    '',
    '| код | важность | что это | текст | что делать | последствие |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
