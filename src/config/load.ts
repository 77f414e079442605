import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { type Fault, fault } from '../faults/fault.ts';
import { GENERAL_RATE } from '../model/vat.ts';
import { resolveDelivery } from './delivery.ts';
import { resolveMail } from './mail.ts';
import { resolvePrint } from './print.ts';
import { semanticProblems } from './semantics.ts';
import { readServicesFile } from './services-file.ts';
import type { Config } from './types.ts';
import { type ConfigProblem, structureProblems } from './validate.ts';

/** Name of the file that is looked for in the current folder. */
export const CONFIG_FILE = 'bg1c.yaml';

/**
 * Reads, checks and completes the configuration.
 * @param path the file; relative paths inside it start at its folder
 * @returns the effective configuration, or faults of scope `usage`, each with file and line
 */
export function loadConfig(path: string): { config?: Config; faults: Fault[] } {
  const file = resolve(path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { faults: [fault('BG1C-CONFIG-NOT-FOUND', { file: path })] };
    return { faults: [fault('BG1C-CONFIG-YAML', { file: path, reason: (error as Error).message })] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const refuse = (reason: string, line: number): { faults: Fault[] } => ({
    faults: [
      fault(
        'BG1C-CONFIG-YAML',
        { file: path, reason: `строка ${line}: ${reason}` },
        { source: { file: path, line } },
      ),
    ],
  });
  const broken = document.errors[0];
  if (broken) return refuse(yamlReason(broken.code), lines.linePos(broken.pos[0]).line);
  const alias = firstAlias(document);
  if (alias !== undefined)
    return refuse('ссылки YAML (*имя) в настройках не допускаются', lines.linePos(alias).line);
  const raw: unknown = document.toJS() ?? {};
  if (typeof raw !== 'object' || Array.isArray(raw))
    return refuse('ожидаются настройки вида «имя: значение»', 1);
  const toFault = (problem: ConfigProblem): Fault => {
    const line = lineOf(document, lines, problem.path);
    return fault(problem.code, problem.values, {
      source: { file: path, ...(line !== undefined && { line }), key: problem.key },
    });
  };
  const structure = structureProblems(raw);
  if (structure.length > 0) return { faults: structure.map(toFault) };
  const services = servicesOf((raw as RawConfig).services, dirname(file));
  if (services.faults.length > 0) return { faults: services.faults };
  const config = complete(raw as RawConfig, dirname(file), services.map);
  const semantics = semanticProblems(config);
  return semantics.length > 0 ? { faults: semantics.map(toFault) } : { config, faults: [] };
}

/** The checked file with the schema's defaults filled in by ajv. */
interface RawConfig
  extends Omit<
    Config,
    'folder' | 'documents' | 'organizations' | 'numbering' | 'services' | 'vat' | 'payments'
  > {
  services: Config['services'] & { file?: string };
  documents: Omit<Config['documents'], 'types'> & Partial<Pick<Config['documents'], 'types'>>;
  organizations: (Omit<Config['organizations'][number], 'fullName'> & { fullName?: string })[];
  numbering: Pick<Config['numbering'], 'by' | 'template'> & {
    map: { kind?: Config['numbering']['map'][number]['kind']; match: string; to: string }[];
  };
  vat: Omit<Config['vat'], 'rates'> & { rates?: Config['vat']['rates'] };
  payments: Omit<Config['payments'], 'documents'> & { documents?: string[] };
}

/** «п/п 118 от 05.10.2026», «платёжное поручение № 118» */
const PAYMENT_DOCUMENT =
  '(?:п/п|пп|плат[её]жн[а-яё]* поручени[а-яё]*)\\s*№?\\s*(?<number>\\d{1,20})(?:\\s*от\\s*(?<date>\\d{2}\\.\\d{2}\\.\\d{4}))?';

/** Services of the file, with what the configuration itself says over it. */
function servicesOf(
  { file, map }: RawConfig['services'],
  folder: string,
): ReturnType<typeof readServicesFile> {
  if (file === undefined) return { map, faults: [] };
  const read = readServicesFile(resolve(folder, file));
  const own = Object.entries(map).map(([sid, one]) => [sid, { ...read.map[sid], ...one }]);
  return { map: { ...read.map, ...Object.fromEntries(own) }, faults: read.faults };
}

function complete(raw: RawConfig, folder: string, services: Config['services']['map']): Config {
  return {
    ...raw,
    folder,
    services: { unit: raw.services.unit, map: services },
    documents: { ...raw.documents, types: raw.documents.types ?? {} },
    organizations: raw.organizations.map((one) => ({ ...one, fullName: one.fullName ?? one.name })),
    numbering: {
      by: raw.numbering.by,
      template: raw.numbering.template,
      map: raw.numbering.map.map(({ kind, match, to }) => ({ kind, match: expression(match), to })),
    },
    vat: { ...raw.vat, rates: raw.vat.rates ?? [...GENERAL_RATE] },
    payments: {
      ...raw.payments,
      documents: (raw.payments.documents ?? [PAYMENT_DOCUMENT]).map((text) => new RegExp(text, 'iu')),
    },
    exchange: {
      ...raw.exchange,
      dir: resolve(folder, raw.exchange.dir),
      receiptKeyFile: raw.exchange.receiptKeyFile && resolve(folder, raw.exchange.receiptKeyFile),
    },
    journal: { path: resolve(folder, raw.journal.path) },
    print: resolvePrint(raw.print, folder),
    channels: {
      ...raw.channels,
      ...resolveDelivery(raw.channels, folder),
      ...(raw.channels.mail && { mail: resolveMail(raw.channels.mail, folder) }),
      ...(raw.channels.bitrix24 && {
        bitrix24: {
          ...raw.channels.bitrix24,
          webhookFile:
            raw.channels.bitrix24.webhookFile && resolve(folder, raw.channels.bitrix24.webhookFile),
        },
      }),
    },
  };
}

/** A broken expression is refused by `structureProblems` before. */
function expression(text: string): RegExp {
  return new RegExp(text, 'u');
}

/** Offset of the first `*name`: one that names nothing, or many that name each other, cannot be resolved. */
function firstAlias(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias(_, alias) {
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** Line of a setting: of its key where it has one, else of the nearest setting around it. */
function lineOf(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const around: unknown =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = isMap(around)
      ? around.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === path[length - 1])?.key
      : undefined;
    const node = (key ?? document.getIn(path.slice(0, length), true)) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

function yamlReason(code: string): string {
  const known: Record<string, string> = {
    DUPLICATE_KEY: 'настройка указана дважды',
    BAD_INDENT: 'неверный отступ',
    TAB_AS_INDENT: 'отступ сделан табуляцией: нужны пробелы',
    MISSING_CHAR: 'не хватает знака (двоеточия, кавычки или скобки)',
    BLOCK_AS_IMPLICIT_KEY: 'вложенные настройки начинаются с новой строки',
    MULTILINE_IMPLICIT_KEY: 'имя настройки занимает две строки: нет двоеточия или кавычки',
    BAD_ALIAS: 'знак * в начале значения: заключите его в кавычки',
  };
  return known[code] ?? `ошибка записи (${code})`;
}
