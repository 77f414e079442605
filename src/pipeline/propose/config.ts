import { type Fault, fault } from '../../faults/fault.ts';
import { numberProblems } from '../../model/numbering.ts';
import type { DocumentKind } from '../../model/types.ts';
import { type DbOptions, enterDatabase } from '../../sources/bgbilling-db/enter.ts';
import { queryFault } from '../../sources/bgbilling-db/faults.ts';
import { type DocumentTypeFound, type Survey, surveyDatabase } from '../../sources/bgbilling-db/survey.ts';
import { russianDate } from '../../support/dates.ts';
import { plural } from '../../support/text.ts';
import { guessCharge, guessKind } from './guesses.ts';
import { proposeSource } from './source.ts';
import { comment, documentsText, noted, quoted } from './text.ts';

/** Services shown in a comment. */
const SERVICES_SHOWN = 40;

const KIND_NAMES: Record<DocumentKind, string> = {
  bill: 'счёт',
  act: 'акт',
  'vat-invoice': 'счёт-фактура',
  upd: 'УПД',
};

/**
 * Reads the database that an environment variable names and proposes a configuration for it.
 * @param folder where relative paths start
 * @returns the text of `bg1c.yaml`, or faults
 */
export async function proposeFromDatabase(
  urlEnv: string,
  folder: string,
  options: DbOptions = {},
): Promise<{ text?: string; faults: Fault[] }> {
  const { database, faults } = await enterDatabase({ urlEnv }, folder, options);
  if (!database) return { faults };
  try {
    const survey = await surveyDatabase(database);
    if (survey.missing.length > 0)
      return { faults: survey.missing.map((what) => fault('BG1C-DB-STRUCTURE', { what })) };
    return { text: proposeConfig(survey, urlEnv), faults: [] };
  } catch (error) {
    return { faults: [queryFault(error, database)] };
  } finally {
    await database.close();
  }
}

/**
 * Writes a whole configuration from what a database shows. What is sure stands as a setting with its evidence beside
 * it, what is not stands as a question («ВОПРОС»); only the organisations' own requisites are left to be filled in, for
 * BGBilling has none.
 * @param urlEnv the environment variable with the address of the database
 */
export function proposeConfig(survey: Survey, urlEnv: string): string {
  const blocks = [
    head(survey),
    organizations(survey),
    proposeSource(survey, urlEnv),
    FORMAT,
    documents(survey),
    numbering(survey),
    LINES,
    vat(survey),
    charges(survey),
    TAIL,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function head({ closed, groups }: Survey): string {
  const shown = groups.map(({ id, title }) => `${id} — ${comment(title)}`).join('; ');
  return [
    '# Настройки bg1c, предложенные по базе данных BGBilling. Полный список с пояснениями: docs/config.ru.md.',
    '# Строки «ВОПРОС» решает человек. Реквизиты организаций впишите свои: в BGBilling их нет.',
    closed === undefined
      ? '# Закрытого периода в BGBilling нет.'
      : `# Период в BGBilling закрыт по ${russianDate(closed)}.`,
    ...(shown === '' ? [] : [`# Группы договоров: ${shown}.`]),
    '',
    '# Имя установки: латинские буквы, цифры, дефис. После первой загрузки в 1С не меняйте.',
    'installation: bgbilling',
  ].join('\n');
}

function organizations({ firms }: Survey): string {
  const list = firms.length === 0 ? [{ id: 0, title: '', contracts: 0 }] : firms;
  const entries = list.flatMap(({ id, title, contracts }, index) => [
    `  - code: ${index === 0 ? 'main' : `firm-${id}`}`,
    noted(`    name: ${quoted(title || 'ВПИШИТЕ')}`, 'как в справочнике «Организации» 1С'),
    "    inn: 'ВПИШИТЕ'",
    noted("    kpp: 'ВПИШИТЕ'", 'у предпринимателя удалите строку'),
    "    # ogrn: '…'",
    '    # address: 450000, г. Уфа, …',
    noted(
      `    firms: ['${id}']`,
      `${contracts === 0 ? 'договоров нет' : plural(contracts, 'договор', 'договора', 'договоров')}`,
    ),
    "    # bank: { bik: '…', account: '…' }",
  ]);
  const unnamed = firms.filter(({ title }) => title === '').map(({ id }) => id);
  const question =
    firms.length > 1 && unnamed.length > 0
      ? [
          `# ВОПРОС: организация № ${unnamed.join(', ')} в BGBilling не названа. Если это одна из других, впишите её номер в firms той записи, а лишнюю удалите.`,
        ]
      : [];
  return [
    '# Ваши организации — продавцы; на каждую собирается свой пакет.',
    ...question,
    'organizations:',
    ...entries,
  ].join('\n');
}

const FORMAT = `onec:
  # format: '1.20'                     # версия EnterpriseData; без этой строки – по паспорту базы 1С
  bill: ЗаказКлиента                   # или СчетПокупателю
  post: true                           # проводить документы при загрузке
  # infobase:                          # базу показывает обработка в 1С
  #   id: …
  #   connection: ['…']`;

function documents({ documentTypes }: Survey): string {
  const lines = documentTypes.flatMap((type) => {
    const { kind, basis } = guessKind(type);
    const about = `«${comment(type.title)}», ${documentsText(type.count)}`;
    if (kind) return [noted(`    '${type.id}': ${kind}`, `${about} — ${KIND_NAMES[kind]}, ${basis}`)];
    if (type.count === 0) return [noted(`    # '${type.id}': …`, about)];
    return [
      `    # ВОПРОС: что такое ${about} (${basis})? Впишите act, vat-invoice, upd, bill или ignore:`,
      `    # '${type.id}': act`,
    ];
  });
  return [
    'documents:',
    noted('  mode: billing', 'документы сформировал BGBilling'),
    '  # Типы документов BGBilling: bill — счёт, act — акт, vat-invoice — счёт-фактура, upd — УПД, ignore — не передавать.',
    lines.some((line) => /^ {4}'/.test(line)) ? '  types:' : '  types: {}',
    ...lines,
    noted('  upd: false', 'соединять акт и счёт-фактуру с одним номером в УПД'),
    noted(
      '  negativeLines: fold',
      'отрицательные строки: зачесть (fold) или не передавать документ (leave-out)',
    ),
  ].join('\n');
}

/** Numbers that 1C does not hold or prints otherwise are shown, with the rule to be completed. */
function numbering({ documentTypes }: Survey): string {
  const questions = documentTypes.flatMap((type) => {
    const { kind } = guessKind(type);
    const bad =
      kind &&
      type.numbers.find((number) => numberProblems(number, kind).some(({ problem }) => problem !== 'doubt'));
    return bad === undefined || kind === undefined ? [] : [numberQuestion(type, kind, bad)];
  });
  return [
    '# Номер в 1С — не длиннее 11 знаков (счёт-фактура — 12), без дефиса на 3-м и 5-м месте.',
    ...questions,
    'numbering:',
    '  by: billing',
    '  map: []',
    '  # map:',
    '  #   - kind: act',
    "  #     match: '^А-(\\d+)$'",
    "  #     to: 'А/$1'",
  ].join('\n');
}

function numberQuestion({ title }: DocumentTypeFound, kind: DocumentKind, number: string): string {
  const [found] = numberProblems(number, kind);
  const reason =
    found?.problem === 'length'
      ? `длиннее ${found.limit} знаков`
      : found?.problem === 'print'
        ? `1С напечатает «${found.printed}»`
        : 'пуст';
  return `# ВОПРОС: номер «${comment(number)}» («${comment(title)}») 1С не примет как есть: ${reason}. Как его сократить?`;
}

const LINES = `# Текст единственной строки, когда начисления месяца не дают сумму документа.
# Без этой настройки такие документы не передаются.
lines:
  fallback: Услуги связи за {month} {year}`;

function vat({ services }: Survey): string {
  const shown = services
    .slice(0, SERVICES_SHOWN)
    .map(({ id, title, accrued }) => `  #   ${id} — ${comment(title)} (${accrued})`);
  return [
    'vat:',
    noted('  included: true', 'ВОПРОС: суммы BGBilling включают НДС?'),
    '  overrides: []',
    "  # Что продаётся без НДС или по другой ставке: { service: '60', rate: none }.",
    ...(shown.length === 0 ? [] : ['  # Услуги (номер, название, начислено за последний месяц):', ...shown]),
  ].join('\n');
}

function charges({ chargeTypes }: Survey): string {
  const lines = chargeTypes.map((type) => {
    const { use, basis } = guessCharge(type);
    return noted(
      `    '${type.id}': ${use}`,
      `«${comment(type.title)}», за год ${plural(type.count, 'списание', 'списания', 'списаний')} — ${basis}`,
    );
  });
  return [
    '# Разовые списания: sale — услуга (входит в документы), ignore — не реализация.',
    'charges:',
    lines.length === 0 ? '  types: {}' : '  types:',
    ...lines,
  ].join('\n');
}

const TAIL = `exchange:
  dir: exchange                        # папка обмена с 1С`;
