import type { ParameterName } from '../../config/types.ts';
import type { DocumentKind } from '../../model/types.ts';
import type { DocumentTypeFound, ParameterFound, Survey } from '../../sources/bgbilling-db/survey.ts';

/** Guesses from titles: what an installation calls its documents, parameters and charges. Certainty is always said. */

export interface KindGuess {
  /** Undefined: nobody can tell from outside. */
  readonly kind: DocumentKind | undefined;
  /** In Russian: what it rests on. */
  readonly basis: string;
}

/** The first that fits counts: «счёт-фактура» is also a «счёт». */
const KINDS: readonly (readonly [RegExp, DocumentKind])[] = [
  [/сч[её]т\S?\s*[-–—]?\s*фактур|(^|[^а-яё])с\/?ф([^а-яё]|$)|invoice/i, 'vat-invoice'],
  [/(^|[^а-яё])упд([^а-яё]|$)|универсальн/i, 'upd'],
  [/(^|[^а-яё])акт|реализаци|накладн/i, 'act'],
  [/сч[её]т|(^|[^a-z])bill/i, 'bill'],
];

/** Documents of the table of bills are bills whatever they are called; in the other table the title decides. */
export function guessKind({ title, tables }: DocumentTypeFound): KindGuess {
  const titled = KINDS.find(([pattern]) => pattern.test(title))?.[1];
  if (tables.includes('bill'))
    return tables.length > 1
      ? { kind: undefined, basis: 'есть и среди счетов, и среди актов' }
      : { kind: 'bill', basis: 'из таблицы счетов' };
  if (titled === 'bill' && tables.includes('invoice'))
    return { kind: undefined, basis: 'назван счётом, а лежит среди актов и счетов-фактур' };
  return { kind: titled, basis: titled ? 'по названию' : 'название ничего не говорит' };
}

interface ParameterRule {
  readonly name: ParameterName;
  /** What people read in the comment. */
  readonly label: string;
  /** Titles, the better first. */
  readonly titles: readonly RegExp[];
  readonly not?: RegExp;
  /** Kinds of parameters that can hold it (facts §2.2). */
  readonly types: readonly number[];
  readonly of: 'companies' | 'persons';
}

const TEXT = [1, 7];
const BANK = /банк|корр|к\s*\/\s*с/i;

/** In the order in which they stand in the configuration. */
export const PARAMETER_RULES: readonly ParameterRule[] = [
  {
    name: 'nameShort',
    label: 'Краткое название',
    titles: [/(кратк|сокращ).*(назван|наимен)|(назван|наимен).*(кратк|сокращ)/i, /назван|наимен/i],
    not: /полн|банк|тариф/i,
    types: TEXT,
    of: 'companies',
  },
  {
    name: 'nameFull',
    label: 'Полное название',
    titles: [/полн.*(назван|наимен)|(назван|наимен).*полн/i],
    not: BANK,
    types: TEXT,
    of: 'companies',
  },
  {
    name: 'person',
    label: 'ФИО',
    titles: [/ф\.?\s*и\.?\s*о/i],
    not: /директор|руковод|бухгалтер|контакт/i,
    types: TEXT,
    of: 'persons',
  },
  {
    name: 'inn',
    label: 'ИНН',
    titles: [/^инн$/i, /(^|[^а-яё])инн([^а-яё]|$)/i],
    not: BANK,
    types: TEXT,
    of: 'companies',
  },
  {
    name: 'kpp',
    label: 'КПП',
    titles: [/^кпп$/i, /(^|[^а-яё])кпп([^а-яё]|$)/i],
    not: BANK,
    types: TEXT,
    of: 'companies',
  },
  { name: 'ogrn', label: 'ОГРН', titles: [/огрн/i], types: TEXT, of: 'companies' },
  { name: 'bik', label: 'БИК', titles: [/(^|[^а-яё])бик([^а-яё]|$)/i], types: TEXT, of: 'companies' },
  {
    name: 'bankAccount',
    label: 'Расчётный счёт',
    titles: [/(^|[^а-яё])р\s*[/.]?\s*с([^а-яё]|$)/i, /расч[её]тн\S*\s+сч/i],
    not: /корр|к\s*\/\s*с/i,
    types: TEXT,
    of: 'companies',
  },
  {
    name: 'address',
    label: 'Юридический адрес',
    titles: [/юр.*адрес|адрес.*юр/i, /адрес/i],
    not: /электрон|e-?mail|ip|mac|подключ|доставк|факт/i,
    types: [2, ...TEXT],
    of: 'companies',
  },
  {
    name: 'email',
    label: 'Электронная почта',
    titles: [/e-?mail|электрон.*(почт|адрес)|эл\.?\s*почт/i, /почт/i],
    not: /почтов/i,
    types: [3, 1],
    of: 'companies',
  },
  {
    name: 'phones',
    label: 'Телефоны',
    titles: [/телефон|(^|[^а-яё])тел([^а-яё]|$)/i],
    not: /факс|sms|смс/i,
    types: [9, 1],
    of: 'companies',
  },
  {
    name: 'contractDate',
    label: 'Дата договора',
    titles: [/дата.*договор|договор.*дата|дата.*заключ/i],
    types: [6, 1],
    of: 'companies',
  },
];

const PERSON_PARTS = [/фамили/i, /(^|[^а-яё])имя([^а-яё]|$)/i, /отчеств/i];

export interface ParameterGuess {
  readonly rule: ParameterRule;
  /** Several for a name in parts. */
  readonly chosen: readonly ParameterFound[];
  /** Other parameters that would fit and hold values. */
  readonly others: readonly ParameterFound[];
  /** Share of contracts of its kind that have a value, in percent. */
  readonly filled: number;
}

/** Finds the parameters that hold requisites; one that nothing fits has nothing chosen. */
export function guessParameters({
  parameters,
  contracts,
}: Pick<Survey, 'parameters' | 'contracts'>): ParameterGuess[] {
  return PARAMETER_RULES.map((rule) => {
    const { titles, not, types, of } = rule;
    const rank = ({ title }: ParameterFound): number => titles.findIndex((pattern) => pattern.test(title));
    const fitting = parameters
      .filter((one) => types.includes(one.type) && rank(one) !== -1 && !not?.test(one.title))
      .sort((a, b) => Number(b[of] > 0) - Number(a[of] > 0) || rank(a) - rank(b) || b[of] - a[of]);
    const parts = rule.name === 'person' ? personParts(parameters) : [];
    const chosen = parts.length > (fitting[0]?.persons ? 3 : 0) ? parts : fitting.slice(0, 1);
    const all = contracts[of];
    const filled = all === 0 ? 0 : Math.round(((chosen[0]?.[of] ?? 0) * 100) / all);
    return { rule, chosen, others: fitting.filter((one) => !chosen.includes(one) && one[of] > 0), filled };
  });
}

/** Фамилия, имя, отчество as parameters of their own. */
function personParts(parameters: readonly ParameterFound[]): ParameterFound[] {
  const texts = parameters.filter(
    ({ type, title }) => TEXT.includes(type) && !/директор|руковод|бухгалтер|контакт/i.test(title),
  );
  const parts = PERSON_PARTS.flatMap((pattern) => texts.find(({ title }) => pattern.test(title)) ?? []);
  return parts.length >= 2 ? parts : [];
}

/** A charge that gives money back or moves it is no sale. */
export function guessCharge({ title, payback }: Survey['chargeTypes'][number]): {
  use: 'sale' | 'ignore';
  basis: string;
} {
  if (payback) return { use: 'ignore', basis: 'возврат' };
  return /возврат|перенос|перевод|корректир|перерасч|штраф|пен[яи]|списан.*долг/i.test(title)
    ? { use: 'ignore', basis: 'по названию; проверьте' }
    : { use: 'sale', basis: 'по названию; проверьте' };
}
