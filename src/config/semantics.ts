import { isAccount, isBik, isInn, isKpp, isOgrn } from '../model/requisites.ts';
import { parseDate } from '../support/dates.ts';
import { deliveryProblems } from './delivery.ts';
import { mailProblems } from './mail.ts';
import { numberingProblems } from './numbering.ts';
import { printProblems } from './print.ts';
import { signerProblems } from './signer.ts';
import type { Config } from './types.ts';
import { type ConfigProblem, keyText } from './validate.ts';

type Path = (string | number)[];

/** Checks that no schema expresses: check digits of our own requisites, unique codes and firms, references. */
export function semanticProblems(config: Config): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const refuse = (path: Path, reason: string): void => {
    const key = keyText(path);
    problems.push({ code: 'BG1C-CONFIG-VALUE', path, key, values: { key, reason } });
  };
  config.organizations.forEach((organization, index) => {
    const at = (...rest: Path): Path => ['organizations', index, ...rest];
    const { inn, kpp, ogrn, bank } = organization;
    if (!isInn(inn)) refuse(at('inn'), `«${inn}» — ИНН с ошибкой (контрольная цифра или длина)`);
    if (kpp === undefined && inn.length === 10) refuse(at('kpp'), 'у юридического лица должен быть КПП');
    if (kpp !== undefined && !isKpp(kpp)) refuse(at('kpp'), `«${kpp}» — КПП с ошибкой`);
    if (kpp !== undefined && inn.length === 12)
      refuse(at('kpp'), 'у предпринимателя (ИНН из 12 цифр) КПП не бывает');
    if (ogrn !== undefined && !isOgrn(ogrn)) refuse(at('ogrn'), `«${ogrn}» — ОГРН с ошибкой`);
    if (bank && !isBik(bank.bik)) refuse(at('bank', 'bik'), `«${bank.bik}» — БИК с ошибкой`);
    else if (bank && !isAccount(bank.account, bank.bik))
      refuse(at('bank', 'account'), `«${bank.account}» не подходит к БИК ${bank.bik}`);
    if (organization.signer)
      for (const { path, reason } of signerProblems(organization.signer))
        refuse(at('signer', ...path), reason);
  });
  unique(config.organizations.map(({ code }) => code)).forEach((index) => {
    refuse(
      ['organizations', index, 'code'],
      `код «${config.organizations[index]!.code}» уже есть у другой организации`,
    );
  });
  const firms = config.organizations.flatMap(({ firms }, index) =>
    firms.map((firm, at) => ({ firm, index, at })),
  );
  unique(firms.map(({ firm }) => firm)).forEach((found) => {
    const { firm, index, at } = firms[found]!;
    refuse(['organizations', index, 'firms', at], `организация BGBilling № ${firm} указана дважды`);
  });
  for (const { path, reason } of numberingProblems(config)) refuse(path, reason);
  config.payments.documents.forEach(({ source }, index) => {
    if (!source.includes('(?<number>'))
      refuse(['payments', 'documents', index], 'нет группы с номером документа: (?<number>…)');
  });
  config.vat.rates.forEach(({ from }, index) => {
    if (!parseDate(from)) refuse(['vat', 'rates', index, 'from'], `«${from}» — не дата`);
  });
  config.vat.overrides.forEach(({ from, organization, service, contract }, index) => {
    if (organization === undefined && service === undefined && contract === undefined)
      refuse(
        ['vat', 'overrides', index],
        'не указано, к чему относится исключение: organization, service или contract',
      );
    if (from !== undefined && !parseDate(from))
      refuse(['vat', 'overrides', index, 'from'], `«${from}» — не дата`);
    if (organization !== undefined && !config.organizations.some(({ code }) => code === organization))
      refuse(['vat', 'overrides', index, 'organization'], `нет организации с кодом «${organization}»`);
  });
  for (const problemsOf of [printProblems, deliveryProblems, mailProblems])
    for (const { path, reason } of problemsOf(config)) refuse([...path], reason);
  return problems;
}

/** Indexes of the values that stand before already. */
function unique(values: readonly string[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}
