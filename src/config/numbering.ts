import { parseTemplate, renderNumber } from '../model/number-template.ts';
import { numberProblems } from '../model/numbering.ts';
import type { DocumentKind } from '../model/types.ts';
import type { Config } from './types.ts';

/** Kinds of documents that a configuration makes and numbers by templates; a VAT invoice may bear its act's number. */
function numberedKinds({ documents }: Config): DocumentKind[] {
  const { mode, types, upd, accrual } = documents;
  if (mode === 'billing') {
    const kinds = Object.values(types).filter((kind) => kind !== 'ignore');
    return [...new Set([...kinds, ...(upd ? (['upd'] as const) : [])])].filter(
      (kind) => kind !== 'vat-invoice',
    );
  }
  return [
    'act',
    ...(upd ? (['upd'] as const) : []),
    ...(accrual.bills === 'none' ? [] : (['bill'] as const)),
  ];
}

/** `path` from the root of the configuration. */
interface Problem {
  path: string[];
  reason: string;
}

/** What no schema expresses of `numbering`: what goes with the mode, and templates that can give no good number. */
export function numberingProblems(config: Config): Problem[] {
  const { documents, numbering } = config;
  const { by, template } = numbering;
  const makesUpd = documents.upd || Object.values(documents.types).includes('upd');
  if (by === 'billing' && documents.mode === 'accrual')
    return [
      {
        path: ['numbering', 'by'],
        reason: 'в режиме accrual номеров BGBilling нет: нужно own (шаблоны) или onec (номер даёт 1С)',
      },
    ];
  if (by === 'onec' && makesUpd)
    return [
      {
        path: ['numbering', 'by'],
        reason:
          'при onec у акта и счёта-фактуры одного УПД были бы разные номера: для УПД нужно own или billing',
      },
    ];
  if (by === 'onec' && (config.onec.commerceml || config.deliver.when === 'at-once'))
    return [
      {
        path: ['numbering', 'by'],
        reason: config.onec.commerceml
          ? 'при onec номера счетов ещё неизвестны, а в CommerceML (onec.commerceml) они обязательны'
          : 'при onec номера известны только после квитанции: нужно deliver.when: after-receipt',
      },
    ];
  const persons = config.persons.mode === 'aggregate' ? aggregateProblem(config) : [];
  if (by !== 'own') return persons;
  const lacking = numberedKinds(config).filter((kind) => template[kind] === undefined);
  return [
    ...persons,
    ...lacking.map((kind) => ({
      path: ['numbering', 'template', kind],
      reason: 'при by: own нужен шаблон номера',
    })),
    ...(Object.entries(template) as [DocumentKind, string][]).flatMap(([kind, text]) => {
      const reason = templateProblem(text, kind);
      return reason === undefined ? [] : [{ path: ['numbering', 'template', kind], reason }];
    }),
  ];
}

/** The personal account of the one act of all persons. */
export const PERSONS_ACCOUNT = 'ФЛ';

function aggregateProblem({ persons }: Config): Problem[] {
  const reason = templateProblem(persons.number.replaceAll('{account}', PERSONS_ACCOUNT), 'act');
  return reason === undefined ? [] : [{ path: ['persons', 'number'], reason }];
}

/** Nothing where the template depends on the personal account: that is judged number by number. */
function templateProblem(text: string, kind: DocumentKind): string | undefined {
  const template = parseTemplate(text);
  if (typeof template === 'string') return template;
  if (text.includes('{account}')) return undefined;
  const number = renderNumber(template, { account: '', period: '2026-10' }, 1);
  const problem = numberProblems(number, kind).find((found) => found.problem !== 'doubt');
  if (problem?.problem === 'length')
    return `шаблон даёт номер «${number}»: ${number.length} знаков, а в 1С помещается ${problem.limit}`;
  if (problem?.problem === 'print')
    return `шаблон даёт номер «${number}», а 1С напечатает «${problem.printed}»: дефис стоит на ${problem.position}-м месте`;
  return undefined;
}
