import type { Survey } from '../../sources/bgbilling-db/survey.ts';
import { plural } from '../../support/text.ts';
import { guessParameters, type ParameterGuess } from './guesses.ts';
import { comment, documentsText, noted } from './text.ts';

/** The block `source` of a proposed configuration: module, parameters with their fill rates, count of months. */
export function proposeSource({ modules, months, ...survey }: Survey, urlEnv: string): string {
  const [module, ...others] = modules;
  const guesses = guessParameters(survey);
  const invoice = months.invoice.base ?? months.bill.base ?? 0;
  const bill = months.bill.base ?? invoice;
  const offset = (name: 'invoice' | 'bill', base: number): string[] => {
    const { base: proven, evidence } = months[name];
    const text = proven === undefined ? `не доказано: ${evidence}` : evidence;
    return [
      ...(proven === undefined && evidence !== 'документов нет'
        ? [
            `    # ВОПРОС: каким числом записан январь в таблице ${name === 'bill' ? 'счетов' : 'актов и счетов-фактур'}: 0 или 1?`,
          ]
        : []),
      noted(`    ${name}: ${base}`, text),
    ];
  };
  return [
    'source:',
    '  kind: bgbilling-db',
    '  db:',
    noted(`    urlEnv: ${urlEnv}`, 'переменная окружения с адресом базы'),
    noted(
      `  billModule: ${module?.id ?? 1}`,
      `«${comment(module?.title ?? '')}», ${documentsText(module?.documents ?? 0)}`,
    ),
    ...others.map(
      ({ id, title, documents: count }) =>
        `  # ВОПРОС: есть и модуль № ${id} «${comment(title)}» (${documentsText(count)}): не он ли нужен?`,
    ),
    noted('  account: contract_title', 'лицевой счёт — номер договора'),
    ...accountQuestion(survey.parameters),
    '  # Параметры договора с реквизитами и доля заполненных.',
    guesses.some(({ chosen }) => chosen.length > 0) ? '  parameters:' : '  parameters: {}',
    ...guesses.flatMap(parameterLines),
    '  # Каким числом записан январь в таблицах документов.',
    '  monthOffset:',
    ...offset('invoice', invoice),
    ...offset('bill', bill),
  ].join('\n');
}

function accountQuestion(parameters: Survey['parameters']): string[] {
  return parameters
    .filter(
      ({ title, type, companies, persons }) =>
        type === 1 && /лицев|(^|[^а-яё])л\s*\/\s*с([^а-яё]|$)/i.test(title) && companies + persons > 0,
    )
    .map(
      ({ id, title }) =>
        `  # ВОПРОС: лицевой счёт — параметр № ${id} «${comment(title)}»? Тогда: account: account и parameters.account: ${id}`,
    );
}

const TYPE_WORDS: Readonly<Record<number, string>> = {
  1: 'текст',
  2: 'адрес',
  3: 'почта',
  6: 'дата',
  7: 'список',
  9: 'телефон',
};

function parameterLines({ rule, chosen, others, filled }: ParameterGuess): string[] {
  const whom = rule.of === 'companies' ? 'юрлиц' : 'физлиц';
  const also = others.map(
    ({ id, title, [rule.of]: count }) =>
      `№ ${id} «${comment(title)}» (${plural(count, 'договор', 'договора', 'договоров')})`,
  );
  const [first] = chosen;
  if (!first)
    return [`    # ВОПРОС: ${rule.label}: параметр не найден. Если он есть, впишите: ${rule.name}: <номер>`];
  const ids = chosen.length === 1 ? String(first.id) : `[${chosen.map(({ id }) => id).join(', ')}]`;
  const titles = chosen.map(({ title }) => `«${comment(title)}»`).join(', ');
  const lines = [
    noted(
      `    ${rule.name}: ${ids}`,
      `${titles} (${TYPE_WORDS[first.type] ?? 'другое'}): заполнен у ${filled} % ${whom}`,
    ),
  ];
  if (also.length > 0)
    lines.push(
      `    # ВОПРОС: ${rule.label}: подходит и ${also.join(', ')}. Можно указать списком: берётся первое заполненное`,
    );
  return lines;
}
